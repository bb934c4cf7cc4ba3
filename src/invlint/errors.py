"""The exception families. Each message is a sentence for a person: what is wrong, where, what to do."""

from __future__ import annotations


class InvlintError(Exception):
    """Anything invlint raises on purpose."""


class UsageError(InvlintError):
    """The command or its arguments make no sense as given (exit status 2)."""


class RuleFileError(InvlintError):
    """One or more rule files cannot be used (exit status 2).

    `faults` holds every fault found, so that an author mends them in one go.
    """

    def __init__(self, faults: list[RuleFault]) -> None:
        self.faults = faults
        super().__init__("\n\n".join(fault.show() for fault in faults))


class OwnReferenceError(InvlintError):
    """The user's own edition of the reference cannot be used as it is kept (exit status 2)."""


class PluginError(InvlintError):
    """Code of a plugin failed. The rule that asked for it is crashed, and the run goes on."""

    def __init__(self, plugin: str, problem: str) -> None:
        self.plugin = plugin
        super().__init__(f"the plugin “{plugin}”: {problem}")


_LONGEST = 300
"""Of a longer line that part is shown in which a fault stands."""


class RuleFault:
    """A fault in the text of a rule: where it stands, what was met, what could stand there."""

    def __init__(
        self, message: str, *, path: str, text: str, line: int, column: int, width: int = 1, hint: str = ""
    ) -> None:
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.width = max(1, width)
        self.hint = hint
        lines = text.splitlines()
        self.source_line = lines[line - 1] if 0 < line <= len(lines) else ""

    def show(self) -> str:
        """The fault with its source line and a caret under the place."""
        number = str(self.line)
        begin = max(0, self.column - _LONGEST // 2) if len(self.source_line) > _LONGEST else 0
        shown = self.source_line[begin : begin + _LONGEST].replace("\t", " ")
        at = self.column - 1 - begin
        width = max(1, min(self.width, len(shown) - at))
        lines = [
            f"{self.path}:{self.line}:{self.column}: {self.message}",
            f"  {number} | {shown}",
            f"  {' ' * len(number)} | {' ' * at}{'^' * width}",
        ]
        if self.hint:
            lines.append(f"  {' ' * len(number)} = {self.hint}")
        return "\n".join(lines)


class ReadingError(InvlintError):
    """A file cannot be read as an inventory. Becomes a finding; the run goes on."""

    def __init__(self, problem: str, *, line: int | None = None, column: int | None = None) -> None:
        self.problem = problem
        self.line = line
        self.column = column
        super().__init__(problem)
