"""What is drawn at its place on the paper: the double rules of a letter, the box of the imprint."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

EMU = 36000  # to a millimetre
NAMES = (
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
ANCHORED = (
    "<w:r{names}><w:drawing>"
    '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}"'
    ' behindDoc="{behind}" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="{frame}">{across}</wp:positionH>'
    '<wp:positionV relativeFrom="{frame}">{down}</wp:positionV>'
    '<wp:extent cx="{length}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}'
    '<wp:docPr id="{number}" name="{name} {number}"/><wp:cNvGraphicFramePr/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '{sort}<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{length}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>{line}</wps:spPr>{inside}</wps:wsp>'
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
)
LINE = '<a:ln w="{weight}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
BOX = (
    "<wps:txbx><w:txbxContent/></wps:txbx>"
    '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b" wrap="square"/>'
)


def rule(number: int, top: float, left: float, length: float, weight: float, colour: str) -> Any:
    """A run with a level line: places and length in millimetres, weight in points."""
    return parse_xml(
        ANCHORED.format(
            names=NAMES,
            number=number,
            name="Rule",
            behind=1,
            frame="page",
            wrap="<wp:wrapNone/>",
            across=f"<wp:posOffset>{round(left * EMU)}</wp:posOffset>",
            down=f"<wp:posOffset>{round(top * EMU)}</wp:posOffset>",
            length=round(length * EMU),
            height=0,
            sort="<wps:cNvCnPr/>",
            shape="line",
            line=LINE.format(weight=round(weight * 12700), colour=colour),
            inside="<wps:bodyPr/>",
        )
    )


def box_at_foot(number: int, width: float, height: float, content: list[Any]) -> Any:
    """A run with a box of `content` that rests on the foot of the type area; measures in millimetres."""
    made = parse_xml(
        ANCHORED.format(
            names=NAMES,
            number=number,
            name="Imprint",
            behind=0,
            frame="margin",
            wrap="<wp:wrapTopAndBottom/>",
            across="<wp:align>left</wp:align>",
            down="<wp:align>bottom</wp:align>",
            length=round(width * EMU),
            height=round(height * EMU),
            sort='<wps:cNvSpPr txBox="1"/>',
            shape="rect",
            line="<a:noFill/><a:ln><a:noFill/></a:ln>",
            inside=BOX,
        )
    )
    next(made.iter(qn("w:txbxContent"))).extend(content)
    return made
