"""One question on a terminal: the only module that imports prompt_toolkit."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, TextIO

from prompt_toolkit.application import get_app
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout.processors import Processor, Transformation
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.shortcuts import PromptSession
from prompt_toolkit.styles import Style
from prompt_toolkit.validation import ValidationError, Validator

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.layout.processors import TransformationInput
    from prompt_toolkit.output import Output

    from cogid.prompt.dialogue import Question

_STYLE = Style([("question", "bold")])  # no colours: they are read on light and dark alike
_HALVES = ("=", "://", "/")
_AT_ONCE, _NOW_AND_THEN = 0.005, 0.02  # seconds


class Screen:
    """A person at a terminal."""

    def __init__(self, given: Input, drawn: Output, *, colors: bool) -> None:
        self._given = given
        self._drawn = drawn
        self._depth = None if colors else ColorDepth.DEPTH_1_BIT

    def ask(self, question: Question) -> str:
        """Give the answer. Raises KeyboardInterrupt for Ctrl-C, and for Ctrl-D where nothing is."""
        session: PromptSession[str] = PromptSession(
            [("class:question", question.label)],
            bottom_toolbar=question.hint or None,
            color_depth=self._depth,
            complete_while_typing=True,
            completer=_Completer(question),
            input=self._given,
            input_processors=[_Hidden(question)],
            key_bindings=_KEYS,
            output=self._drawn,
            style=_STYLE,
            validate_while_typing=False,
            validator=_Validator(question),
        )

        def open_menu() -> None:
            if not question.answer:
                session.default_buffer.start_completion()

        try:
            return session.prompt(default=question.answer, pre_run=open_menu).strip()
        except EOFError:
            raise KeyboardInterrupt from None


def on(stdin: TextIO, err: TextIO, *, colors: bool) -> Screen:
    """Connect to a terminal; what is asked is drawn where notes go."""
    return Screen(create_input(stdin), create_output(err), colors=colors)


def _half_chosen() -> bool:
    state = get_app().current_buffer.complete_state
    chosen = state and state.current_completion
    return bool(chosen and chosen.text.endswith(_HALVES))


_KEYS = KeyBindings()


@_KEYS.add("enter", filter=Condition(_half_chosen))
def _go_on(event: KeyPressEvent) -> None:
    """Take the first half of a value, and propose the second."""
    event.current_buffer.complete_state = None
    event.current_buffer.start_completion()


class _Completer(Completer):
    """Looks up in a thread that nobody waits for: Enter and Ctrl-C work meanwhile."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterator[Completion]:
        for each in self._question.proposals(document.text_before_cursor):
            yield Completion(each.text, -each.instead_of, display_meta=each.about)

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        found: list[Completion] = []

        def find() -> None:
            found.extend(self.get_completions(document, complete_event))

        thread = threading.Thread(target=find, daemon=True)
        thread.start()
        thread.join(_AT_ONCE)
        while thread.is_alive():  # noqa: ASYNC110 - the loop may be gone when the thread ends
            await asyncio.sleep(_NOW_AND_THEN)
        for each in found:
            yield each


class _Hidden(Processor):
    """Draws stars for what must not be shown."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        document = transformation_input.document
        start = document.translate_row_col_to_index(transformation_input.lineno, 0)
        fragments = explode_text_fragments(transformation_input.fragments)
        for first, last in self._question.hidden(document.text):
            for index in range(max(first - start, 0), min(last - start, len(fragments))):
                fragments[index] = (fragments[index][0], "*")
        return Transformation(fragments)


class _Validator(Validator):
    def __init__(self, question: Question) -> None:
        self._question = question

    def validate(self, document: Document) -> None:
        problem = self._question.problem(document.text.strip())
        if problem:
            raise ValidationError(len(document.text), problem)
