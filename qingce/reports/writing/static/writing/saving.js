// Asking the server, and keeping what it has not taken yet.
const writer = document.getElementById("writer");
const status = document.getElementById("saving");

export class Refused extends Error {
  constructor(status, said) {
    super(said.refused || "");
    this.status = status;
    this.said = said;
  }
}

export async function ask(address, body, { keepalive = false } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": writer.dataset.csrf };
  const options = { method: body === undefined ? "GET" : "POST", headers, keepalive };
  if (body instanceof URLSearchParams) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    headers["Content-Type"] = "application/json";
  }
  const answer = await fetch(address, options);
  const isJson = (answer.headers.get("Content-Type") || "").includes("json");
  if (!isJson) throw new Refused(answer.status, { refused: writer.dataset.unsaved });
  const said = await answer.json();
  if (!answer.ok) throw new Refused(answer.status, said);
  return said;
}

export async function part(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Refused(answer.status, { refused: writer.dataset.unsaved });
  return answer.text();
}

export function say(text, tone = "") {
  status.textContent = text;
  status.className = `saving ${tone}`;
}

// A text that the server has not taken is kept in the browser, for its writer alone, until it has.
const key = (paragraph) => `qingce-text-${writer.dataset.reader}-${paragraph}`;

export const unsaved = {
  put: (paragraph, version, runs) => store((kept) => kept.setItem(key(paragraph), JSON.stringify({ version, runs }))),
  get: (paragraph) => store((kept) => JSON.parse(kept.getItem(key(paragraph)))),
  drop: (paragraph) => store((kept) => kept.removeItem(key(paragraph))),
};

function store(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // a browser that keeps nothing: the text still stands on the page
  }
}
