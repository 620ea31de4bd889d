"""How templates become Python: as Jinja does it, with less to do for each value of a page.

What Jinja does beside serves cases that our pages do not have, and a page writes a thousand values.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.idtracking import VAR_LOAD_RESOLVE
from markupsafe import Markup, escape

# The part of ``escape`` that does it, in C where that was built.
from markupsafe import _escape_inner as _escape_text  # type: ignore[attr-defined]


def escaped(value: Any) -> str:
    """The text of a value, safe to be joined into a page. MarkupSafe makes an object that says so of each,
    which takes ten times as long as escaping."""
    kind = type(value)
    if kind is str:
        text: str = _escape_text(value)
        return text
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if kind in _NUMBERS else escape(value)


# Nothing in them could be taken for markup.
_NUMBERS = frozenset({int, float})


class Compiler(CodeGenerator):
    """Compiles templates for an environment with the attributes ``escaped`` and ``direct``: functions by
    the names that templates have for them, which no page gives to anything else and which want nothing
    but their arguments."""

    environment: Any

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        told_later = frame.eval_ctx.volatile or finalize.src is not None
        if frame.eval_ctx.autoescape and not told_later:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Any, forward_caller: bool = False) -> None:  # noqa: N802 -- Jinja calls it so
        if not self._is_direct(node, frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write(f"environment.direct[{node.node.name!r}](")  # type: ignore[attr-defined]
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _is_direct(self, node: nodes.Call, frame: Any) -> bool:
        """Whether one of these functions is called by place, under its own name."""
        if node.kwargs or node.dyn_args or node.dyn_kwargs or not isinstance(node.node, nodes.Name):
            return False
        name = node.node.name
        direct: dict[str, Callable[..., Any]] = self.environment.direct
        return name in direct and frame.symbols.find_load(frame.symbols.ref(name)) == (
            VAR_LOAD_RESOLVE,
            name,
        )
