"""A municipality's own template: what it may use, how much it may make, and its faults in plain words.

A template comes from outside. It runs in jinja2's sandbox with a short list of filters, and everything it makes is
counted, so that none can use up the memory or the time of the host.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from traceback import extract_tb
from typing import Any

import attrs
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes, pass_context
from jinja2.filters import FILTERS
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal, shown

LONGEST_TEMPLATE = 200_000
"""Characters of a template from outside."""

MOST = 10_000_000
"""Characters that a template may make in all; a step of a loop or a macro counts as 400 of them."""

_STEP = 400
_BITS, _POWER = 400, 100
_FILTERS = (
    "abs capitalize count d default dictsort e escape first float forceescape groupby int items last length list lower "
    "map max min reject rejectattr reverse safe select selectattr sort string striptags title trim truncate unique "
    "upper wordcount"
).split()
_METHODS = frozenset(
    "capitalize endswith isdigit lower lstrip rstrip split splitlines startswith strip title upper".split()
)
_OF_A_MAPPING = frozenset(("get", "items", "keys", "values"))
_COUNTED, _SPENT, _JOINED = " counted", " spent", " joined"  # no template can write these names

_CLOSED = Text("den bruger noget, der er lukket for skabeloner", "it uses what is closed to templates")
_TOO_MUCH = Text("den laver for meget", "it makes too much")
_NO_TEXT = Text("her skal stå en tekst eller et tal", "a text or a number must stand here")
_OWN_LISTS = Text("den kan ikke danne lister af andet end faste værdier", "it can make lists of fixed values only")
_GUIDE = Text("Se felterne i vejledningen om redegørelsen.", "See the fields in the guide to the statement.")


def render(template: object, told: Mapping[str, object], *, escaped: bool, finalize: Callable[[object], object]) -> str:
    """What a template from outside makes of what it is told; ``finalize`` is done to every value it prints.

    InvalidValueError for one that is no text or too long, has a fault (with its line where it is known), makes too
    much, or makes nothing.
    """
    if not isinstance(template, str):
        raise _unusable(Text(f"{shown(template)} er ingen tekst.", f"{shown(template)} is no text."), template)
    if len(template) > LONGEST_TEMPLATE:
        raise _unusable(Text("Den er for lang.", "It is too long."), len(template))
    try:
        text = _made(_Limited(escaped, finalize), template, told)
    except TemplateSyntaxError as error:
        raise _unusable(_unreadable(error), error.lineno) from error
    except (*_FAULTS, _RefusedError) as error:
        raise _unusable(_failing(error), _line_of(error)) from error
    if not text.strip():
        raise _unusable(Text("Den giver ingen tekst.", "It makes no text."), None)
    return text


_FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class _RefusedError(Exception):
    """What a template does that it may not, in both languages; ``line`` where jinja2 does not know it."""

    def __init__(self, why: Text, line: int | None = None) -> None:
        super().__init__(why.en)
        self.why, self.line = why, line


class _Said(str):
    """A message for jinja2 to raise that has both languages."""

    __slots__ = ("why",)
    why: Text


class _Unknown(StrictUndefined):
    """A field that there is not: its name and those that there are, and no class of the library's."""

    @property
    def _undefined_message(self) -> str:
        why = _CLOSED if self._undefined_hint else _no_field(self._undefined_obj, self._undefined_name)
        said = _Said(why.en)
        said.why = why
        return said


def _no_field(owner: object, name: object) -> Text:
    known = _fields_of(owner)
    if not known:
        return Text(f"feltet {name} findes ikke: her er ingen felter", f"there is no field {name}: here are none")
    there = ", ".join(known)
    return Text(
        f"feltet {name} findes ikke. Felterne her er: {there}",
        f"there is no field {name}. The fields here are: {there}",
    )


def _fields_of(owner: Any) -> list[str]:
    if owner is missing:
        return ["page", "language", "words"]
    if isinstance(owner, Mapping):
        return list(map(str, owner))
    return [field.name for field in attrs.fields(type(owner))] if attrs.has(type(owner)) else []


class _Limited(ImmutableSandboxedEnvironment):
    """The sandbox, with what a template makes counted against one budget."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, escaped: bool, finalize: Callable[[object], object]) -> None:
        super().__init__(
            autoescape=escaped,
            undefined=_Unknown,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=lambda value: finalize(self._printed(value)),
        )
        self.left = MOST
        self.globals = {"range": self.globals["range"]}
        self.filters = {name: self._counting(FILTERS[name]) for name in _FILTERS}
        self.filters |= {
            "join": self._join,
            "replace": self._replace,
            _COUNTED: self.counted,
            _JOINED: self._concat,
            _SPENT: self._spent,
        }

    def spend(self, cost: int) -> None:
        self.left -= max(cost, 1)
        if self.left < 0:
            raise _RefusedError(_TOO_MUCH)

    def counted(self, value: Any) -> Any:
        """The value, its length spent."""
        if isinstance(value, str | list | tuple):
            self.spend(len(value))
        return value

    def _counting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def counting(*given: Any, **named: Any) -> Any:
            return self.counted(function(*given, **named))

        return counting

    @pass_context
    def _spent(self, _: Context, cost: int) -> str:
        self.spend(cost)
        return ""

    def _printed(self, value: object) -> object:
        if isinstance(value, Undefined):
            return str(value)  # says which field there is not
        if not isinstance(value, str | int | float):
            raise _RefusedError(_NO_TEXT)
        self.spend(len(str(value)))
        return value

    def _concat(self, values: list[object]) -> str:
        return self._join(values)

    def _join(self, values: Any, d: object = "", attribute: str | int | None = None) -> str:
        found = [value if attribute is None else self.getitem(value, attribute) for value in values]
        parts = [self._printed(value) for value in found]
        between = self._printed(d)
        self.spend(len(str(between)) * max(len(parts) - 1, 0))
        if self.autoescape and any(hasattr(part, "__html__") for part in (*parts, between)):
            return escape(between).join(map(escape, parts))
        return str(between).join(map(str, parts))

    def _replace(self, text: object, old: str, new: str) -> str:
        whole = str(text)
        self.spend(len(whole) + whole.count(old) * len(new))
        return text.replace(old, new) if isinstance(text, Markup) else whole.replace(old, new)

    def call(self, context: Context, obj: Any, *given: Any, **named: Any) -> Any:
        return self.counted(super().call(context, obj, *given, **named))

    def wrap_str_format(self, value: object) -> None:
        """No text can be formatted: a width could make it as long as it likes."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str):
            return attr in _METHODS
        if isinstance(obj, Mapping):
            return attr in _OF_A_MAPPING
        if attrs.has(type(obj)):
            return attr in _fields_of(obj)
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        texts = [isinstance(side, str) for side in (left, right)]
        if operator == "+" and all(texts):
            self.spend(len(left) + len(right))
        elif operator == "*" and any(texts) and isinstance(right if texts[0] else left, int):
            self.spend(len(left) * right if texts[0] else left * len(right))
        elif not (_is_small(left) and _is_small(right) and (operator != "**" or abs(right) <= _POWER)):
            raise _RefusedError(_TOO_MUCH)
        return super().call_binop(context, operator, left, right)


def _is_small(value: object) -> bool:
    return isinstance(value, float) or (isinstance(value, int) and value.bit_length() <= _BITS)


class _Counting(NodeTransformer):
    """Makes every loop, macro and block spend what its body costs, and counts what jinja2 does not ask about."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - jinja2's own
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), _JOINED, node.lineno)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - jinja2's own
        self.generic_visit(node)
        return _filtered(node, _COUNTED, node.lineno) if isinstance(node.arg, nodes.Slice) else node

    def _body(self, node: Any) -> nodes.Node:
        self.generic_visit(node)
        literal = sum(len(each.data) for each in node.find_all(nodes.TemplateData))
        spent = _filtered(nodes.Const(_STEP + literal, lineno=node.lineno), _SPENT, node.lineno)
        node.body.insert(0, nodes.Output([spent], lineno=node.lineno))
        return node  # type: ignore[no-any-return]

    visit_For = visit_Macro = visit_CallBlock = visit_Block = _body  # noqa: N815 - jinja2's own


def _filtered(node: nodes.Expr, name: str, line: int) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=line)


def _own_lists(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Lists made of other lists can be printed at a length that nothing counts."""
    for node in tree.find_all((nodes.List, nodes.Tuple, nodes.Dict, nodes.Name)):
        if isinstance(node, nodes.Name):
            if node.name in ("varargs", "kwargs"):
                yield node
        elif getattr(node, "ctx", "load") == "load" and not all(map(_is_fixed, node.iter_child_nodes())):
            yield node


def _is_fixed(node: nodes.Node) -> bool:
    return isinstance(node.value if isinstance(node, nodes.Pair) else node, nodes.Const)


def _made(environment: _Limited, template: str, told: Mapping[str, object]) -> str:
    tree = environment.parse(template)
    for node in _own_lists(tree):
        raise _RefusedError(_OWN_LISTS, node.lineno)
    _Counting().visit(tree)
    pieces, length = [], 0
    for piece in environment.from_string(tree).generate(told):
        pieces.append(piece)
        length += len(piece)
        if length > MOST:
            raise _RefusedError(_TOO_MUCH)
    return "".join(pieces)


def _unusable(why: Text, value: object) -> InvalidValueError:
    message = Text("Skabelonen kan ikke bruges. {why}", "The template cannot be used. {why}")
    return refusal(message, _GUIDE, value, why=why)


def _unreadable(error: TemplateSyntaxError) -> Text:
    return Text(f"Linje {error.lineno} kan ikke læses som Jinja.", f"Line {error.lineno}: {error.message}")


def _failing(error: BaseException) -> Text:
    first = error.args[0] if error.args else None
    if isinstance(error, _RefusedError):
        why = error.why
    elif isinstance(first, _Said):
        why = first.why
    else:
        why = Text("noget kan ikke beregnes", str(error) or "something cannot be worked out")
    return _on(_line_of(error), why)


def _on(line: int | None, why: Text) -> Text:
    if line is None:
        return Text(f"{why.da[:1].upper()}{why.da[1:]}.", f"{why.en[:1].upper()}{why.en[1:]}.")
    return Text(f"Linje {line}: {why.da}.", f"Line {line}: {why.en}.")


def _line_of(error: BaseException) -> int | None:
    """The line of the template where it went wrong: jinja2 writes it into the traceback."""
    if isinstance(error, _RefusedError) and error.line is not None:
        return error.line
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename in ("<template>", "<unknown>")]
    return lines[-1] if lines else None
