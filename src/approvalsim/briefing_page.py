"""A briefing as one HTML file that needs nothing else, and prints on A4 as it reads."""

import json
from base64 import b64encode
from collections.abc import Iterator

from approvalsim.briefing_parts import (
    COLOURS,
    MARGIN_MM,
    Area,
    Block,
    Briefing,
    Chart,
    Charts,
    Drawing,
    Grid,
    Label,
    Mark,
    Shape,
    Sheet,
    Stroke,
    Words,
)
from approvalsim.picture import FONTS, xml_text

_STYLE = f"""
@page {{ size: A4; margin: {MARGIN_MM:g}mm }}
@page wide {{ size: A4 landscape }}
* {{ box-sizing: border-box }}
body {{ font: 13px/1.45 {FONTS}; color: {COLOURS["text"]}; background: #ffffff;
  margin: 0 auto; max-width: 720px; padding: 20px }}
section {{ margin: 0 0 28px }}
h1 {{ font-size: 23px; line-height: 1.3; margin: 0 }}
h2 {{ font-size: 15px; margin: 9px 0 3px; padding-bottom: 1px;
  border-bottom: 1px solid {COLOURS["even"]}; break-after: avoid }}
p {{ margin: 3px 0; white-space: pre-line }}
.byline, .small, figcaption {{ color: {COLOURS["muted"]}; font-size: 12px; line-height: 1.45 }}
.caution {{ border: 1.5px solid {COLOURS["axis"]}; padding: 5px 9px; margin: 8px 0;
  font-size: 12.5px }}
.question {{ font-weight: 600 }}
.answer {{ font-size: 17px; font-weight: 700; line-height: 1.4 }}
table {{ border-collapse: collapse; width: 100%; margin: 4px 0; font-size: 12px }}
caption {{ text-align: left; font-weight: 600 }}
thead {{ display: table-header-group }}
tr {{ break-inside: avoid }}
th, td {{ padding: 1px 6px; text-align: right; vertical-align: top;
  font-variant-numeric: tabular-nums }}
th {{ border-bottom: 1.5px solid {COLOURS["axis"]} }}
td {{ border-bottom: 1px solid {COLOURS["grid"]} }}
th:first-child, td:first-child, .words th, .words td {{ text-align: left }}
.words {{ font-size: 11.5px; table-layout: fixed; overflow-wrap: anywhere }}
.row {{ display: flex; gap: 24px; align-items: flex-start }}
.scroll {{ overflow-x: auto }}
figure {{ margin: 6px 0 2px; break-inside: avoid; flex: 1 1 0; min-width: 0 }}
figure b {{ display: block; font-size: 12.5px }}
figure svg, figure img {{ display: block; width: 100%; height: auto }}
footer {{ color: {COLOURS["muted"]}; font-size: 11.5px; border-top: 1px solid {COLOURS["even"]};
  padding-top: 4px; overflow-wrap: anywhere }}
@media screen and (max-width: 560px) {{ .row {{ display: block }} }}
@media print {{
  body {{ max-width: none; padding: 0;
    print-color-adjust: exact; -webkit-print-color-adjust: exact }}
  section {{ margin: 0 }}
  section + section {{ break-before: page }}
  .wide {{ page: wide }}
}}
"""


def briefing_page(briefing: Briefing) -> str:
    """The whole file; it is well-formed XML but for its first line, and holds every figure."""
    body = "\n".join(_sheet(sheet) for sheet in briefing.sheets)
    tongue = "zh-CN" if briefing.language == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{xml_text(briefing.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{body}\n<footer>{xml_text(briefing.footer)}</footer>\n"
        f'<script type="application/json" id="result">{_figures(briefing)}</script>\n'
        "</body>\n</html>\n"
    )


def _figures(briefing: Briefing) -> str:
    """The result as JSON that can neither end its element nor be taken for markup."""
    text = json.dumps(briefing.result, ensure_ascii=False, allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _sheet(sheet: Sheet) -> str:
    kind = ' class="wide"' if sheet.landscape else ""
    return f"<section{kind}>\n" + "\n".join(map(_block, sheet.blocks)) + "\n</section>"


def _block(block: Block) -> str:
    match block:
        case Words():
            return _words(block)
        case Grid():
            return _grid(block)
        case Charts(charts=(one,)):
            return _figure(one)
        case Charts():
            return f'<div class="row">{"".join(map(_figure, block.charts))}</div>'
        case Drawing():
            picture = b64encode(block.svg.encode()).decode()
            return (
                f'<figure><img src="data:image/svg+xml;base64,{picture}"'
                f' alt="{xml_text(block.reading)}"/></figure>'
            )


def _words(words: Words) -> str:
    if words.style in ("title", "heading"):
        tag = "h1" if words.style == "title" else "h2"
        return f"<{tag}>{xml_text(words.text)}</{tag}>"
    lines = "\n".join(xml_text(line) for line in words.text.splitlines())
    return f'<p class="{words.style}">{lines}</p>'


def _grid(grid: Grid) -> str:
    kind = ' class="words"' if grid.widths else ""
    columns = "".join(f'<col style="width:{share:.1%}"/>' for share in grid.widths)
    heads = "".join(f'<th scope="col">{xml_text(head)}</th>' for head in grid.heads)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{xml_text(cell)}</td>" for cell in row) + "</tr>"
        for row in grid.rows
    )
    caption = f"<caption>{xml_text(grid.title)}</caption>" if grid.title else ""
    return (
        f'<div class="scroll"><table{kind}>{caption}<colgroup>{columns}</colgroup>'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _figure(chart: Chart) -> str:
    """A chart with its title above and its reading below."""
    caption = f"<figcaption>{xml_text(chart.reading)}</figcaption>" if chart.reading else ""
    return (
        f'<figure id="{chart.key}"><b>{xml_text(chart.title)}</b>\n{svg(chart)}\n{caption}</figure>'
    )


def svg(chart: Chart) -> str:
    """The shapes of a chart as an SVG element inside HTML."""
    return (
        f'<svg viewBox="0 0 {chart.width:.0f} {chart.height:.0f}" role="img">'
        f"<title>{xml_text(f'{chart.title}. {chart.reading}'.strip())}</title>\n"
        + "\n".join(element for shape in chart.shapes for element in _elements(shape))
        + "</svg>"
    )


def _elements(shape: Shape) -> Iterator[str]:
    colour = COLOURS[shape.look]
    match shape:
        case Stroke():
            points = " ".join(f"{x:.2f},{y:.2f}" for x, y in shape.points)
            dashes = " ".join(f"{length:g}" for length in shape.dashes)
            style = f' stroke-dasharray="{dashes}"' if dashes else ""
            yield (
                f'<polyline points="{points}" fill="none" stroke="{colour}"'
                f' stroke-width="{shape.width:g}"{style}/>'
            )
        case Area():
            yield (
                f'<rect x="{shape.x:.2f}" y="{shape.y:.2f}" width="{max(shape.width, 0):.2f}"'
                f' height="{shape.height:.2f}" fill="{colour}"/>'
            )
        case Mark(shape="dot"):
            yield (
                f'<circle cx="{shape.x:.2f}" cy="{shape.y:.2f}" r="4.5" fill="{colour}"'
                ' stroke="#ffffff"/>'
            )
        case Mark():
            yield (
                f'<rect x="{shape.x - 4:.2f}" y="{shape.y - 4:.2f}" width="8" height="8"'
                f' fill="{colour}" stroke="#ffffff"/>'
            )
        case Label():
            weight = ' font-weight="bold"' if shape.bold else ""
            yield (
                f'<text x="{shape.x:.2f}" y="{shape.y:.2f}" font-size="{shape.size:g}"'
                f' text-anchor="{shape.anchor}" fill="{colour}"{weight}>'
                f"{xml_text(shape.text)}</text>"
            )
