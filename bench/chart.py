# SPDX-License-Identifier: Apache-2.0
"""A chart of ratios as SVG: one bar for each kernel and VM, on a logarithmic scale around 1."""
import math
from xml.sax.saxutils import escape

ROW, LABEL, HALF, TOP = 14, 110, 300, 40
COLOURS = ["#2a7ab9", "#d97a1d", "#3f9142", "#8a4fa3", "#b03a3a"]
MARKS = [1 / 64, 1 / 16, 1 / 4, 1, 4, 16, 64]


def text(x, y, words, anchor="start", more=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" {more}>{escape(words)}</text>'


def scale_of(ratios):
    """The number of doublings from the middle to the edge."""
    found = [abs(math.log2(r)) for rows in ratios.values() for r in rows.values() if r]
    return max(2.0, math.ceil(max(found, default=1)))


def draw_marks(doublings, height):
    for mark in MARKS:
        if abs(math.log2(mark)) > doublings:
            continue
        x = LABEL + HALF + HALF * math.log2(mark) / doublings
        label = f"{mark:g}" if mark >= 1 else f"1/{1 / mark:g}"
        yield f'<path d="M{x:.1f} {TOP}V{height}" stroke="{"#444" if mark == 1 else "#ccc"}"/>'
        yield text(x, TOP - 6, label, "middle")


def draw_bar(ratio, doublings, y, height, colour):
    middle = LABEL + HALF
    length = HALF * math.log2(ratio) / doublings
    left = middle + min(0, length)
    return (f'<rect x="{left:.1f}" y="{y:.1f}" width="{abs(length):.1f}" height="{height:.1f}" '
            f'fill="{colour}"><title>{ratio:.2f}</title></rect>')


def draw(ratios):
    """The SVG's text; `ratios`: VM -> kernel -> ratio, or None where it failed."""
    kernels = list(next(iter(ratios.values())))
    doublings = scale_of(ratios)
    height = TOP + ROW * len(kernels)
    width = LABEL + 2 * HALF + 20
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height + 10}" '
             'font-family="sans-serif" font-size="11">',
             f'<rect width="{width}" height="{height + 10}" fill="white"/>']
    for number, vm in enumerate(ratios):
        lines.append(text(LABEL + 110 * number, 12, vm, "start",
                          f'fill="{COLOURS[number % len(COLOURS)]}" font-weight="bold"'))
    lines.append(text(width - 10, 12, "time / erl's time: left is faster", "end"))
    lines.extend(draw_marks(doublings, height))
    thick = (ROW - 3) / len(ratios)
    for row, kernel in enumerate(kernels):
        y = TOP + ROW * row + 1.5
        lines.append(text(LABEL - 6, y + ROW - 5, kernel, "end"))
        for number, vm in enumerate(ratios):
            ratio = ratios[vm].get(kernel)
            place = y + thick * number
            if ratio:
                lines.append(draw_bar(ratio, doublings, place, thick, COLOURS[number % len(COLOURS)]))
            else:
                lines.append(text(LABEL + HALF + 4, place + thick, f"{vm} failed"))
    lines.append("</svg>")
    return "\n".join(lines) + "\n"
