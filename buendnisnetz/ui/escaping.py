"""How values get into a page: escaped, unless they are markup already.

MarkupSafe makes an object of each value that says it is safe. A page joins some hundred values right
away, and saying so takes ten times as long as escaping them.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

# The part of ``escape`` that does it, in C where that was built.
from markupsafe import _escape_inner as _escape_text  # type: ignore[attr-defined]


def escaped(value: Any) -> str:
    """The text of a value, safe to be joined into a page; that it is safe it does not say itself."""
    kind = type(value)
    if kind is str:
        text: str = _escape_text(value)
        return text
    return value if kind is Markup else escape(value)


class Compiler(CodeGenerator):
    """Compiles templates that write their values by :func:`escaped`, an attribute of the environment."""

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        told_later = frame.eval_ctx.volatile or finalize.src is not None
        if frame.eval_ctx.autoescape and not told_later:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)
