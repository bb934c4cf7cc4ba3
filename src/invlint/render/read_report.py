"""A saved JSON report, read back as it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from invlint.errors import UsageError
from invlint.model.finding import Finding, Impact, Location, Remedy, Waived
from invlint.model.report import Input, Outcome, Pack, Report, RuleText, UsedConfiguration, UsedPlugin, UsedReference
from invlint.render.report_json import FORMAT
from invlint.resources import shipped

if TYPE_CHECKING:
    from jsonschema import ValidationError

_LONGEST = 200


def read_report(text: str, name: str) -> Report:
    """The report that a text holds; `name` is the file's. Raises UsageError for anything but a report."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} is no JSON ({error}): {_SAVE}") from None
    _check_format(data, name)
    fault = _first_fault(data)
    if fault is not None:
        raise UsageError(f"{name} is a damaged report: {_told(fault)}; make it again with `invlint check`")
    return _report(data)


_SAVE = "a report is saved with `invlint check PATH -o json=report.json`"


def _check_format(data: Any, name: str) -> None:
    """Say of other files what they are, as far as they do."""
    given = data.get("format") if isinstance(data, dict) else None
    if given == FORMAT:
        return
    if not isinstance(given, str):
        raise UsageError(f"{name} is no report of invlint: {_SAVE}")
    if given.startswith("invlint/report-"):
        raise UsageError(f"{name} is a report of the format {given}; this version of invlint reads {FORMAT}")
    raise UsageError(f"{name} is no report: its format is “{given[:_LONGEST]}”; {_SAVE}")


def _first_fault(data: Any) -> ValidationError | None:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    schema = json.loads((shipped("schemas") / "report.schema.json").read_text("utf-8"))
    fault: ValidationError | None = best_match(Draft202012Validator(schema).iter_errors(data))
    return fault


def _told(fault: ValidationError) -> str:
    message = fault.message if len(fault.message) <= _LONGEST else f"{fault.message[:_LONGEST]}…"
    return f"at {fault.json_path.removeprefix('$').lstrip('.') or 'the top'}, {message}"


def _report(data: dict[str, Any]) -> Report:
    codes = {rule["name"]: rule["code"] for rule in data.get("rules", [])}
    return Report(
        data["tool"]["version"],
        tuple(Pack(pack["name"], pack["rules"], pack["sha256"]) for pack in data["packs"]),
        tuple(map(_input, data["inputs"])),
        tuple(_outcome(outcome, codes) for outcome in data["outcomes"]),
        tuple(map(_finding, data["findings"])),
        passed_over=tuple(data.get("passed_over", ())),
        earlier=tuple(map(_input, data.get("earlier", ()))),
        remedies=tuple(map(_remedy, data.get("remedies", ()))),
        profile=data.get("profile"),
        reference=_reference(data.get("reference", {})),
        rules=tuple(map(_rule, data.get("rules", ()))),
        fail_on=data.get("fail_on", "error"),
        ignored=tuple(data.get("ignored", ())),
        plugins=tuple(map(_plugin, data.get("plugins", ()))),
        configuration=_configuration(data.get("configuration", {})),
    )


def _reference(data: dict[str, Any]) -> UsedReference:
    return UsedReference(data.get("edition", "shipped"), data.get("sha256"), data.get("source"))


def _configuration(data: dict[str, Any]) -> UsedConfiguration:
    return UsedConfiguration(data.get("file"), data.get("baseline"), data.get("waivers", "honour"))


def _plugin(data: dict[str, Any]) -> UsedPlugin:
    return UsedPlugin(data["name"], data["version"], tuple(data.get("troubles", ())))


def _rule(data: dict[str, Any]) -> RuleText:
    return RuleText(data["name"], data["code"], data["severity"], data["pack"], data["prose"], data["basis"])


def _input(data: dict[str, Any]) -> Input:
    return Input(
        data["path"],
        data["sha256"],
        tuple(data["parties"]),
        tuple(data["years"]),
        data["rows"],
        tuple(data.get("scope", ())),
        data.get("problem"),
        tuple(data.get("notes", ())),
    )


def _outcome(data: dict[str, Any], codes: dict[str, str]) -> Outcome:
    rule = data["rule"]
    return Outcome(
        rule,
        data.get("code") or codes.get(rule, rule),
        data["outcome"],
        data["evaluated"],
        data["failed"],
        data["unknown"],
        data["reason"],
        data.get("not_testable", 0),
    )


def _remedy(data: dict[str, Any]) -> Remedy:
    return Remedy(data["about"], data["change"], _location(data["location"]), tuple(data["resolves"]))


def _finding(data: dict[str, Any]) -> Finding:
    impact, waived = data.get("impact"), data.get("waived")
    return Finding(
        id=data["id"],
        code=data["rule"]["code"],
        rule=data["rule"]["name"],
        severity=data["severity"],
        key=data["key"],
        message=data["message"],
        help=data["help"],
        cause=data.get("cause"),
        evidence=data.get("evidence"),
        observed=data.get("observed"),
        expected=data.get("expected"),
        impact=Impact(impact["value"], impact["unit"], impact["share"]) if impact else None,
        locations=tuple(map(_location, data["locations"])),
        waived=_waived(waived) if waived else None,
        baselined=data.get("baselined", False),
    )


def _waived(data: dict[str, Any]) -> Waived:
    return Waived(data["reason"], data.get("by"), data.get("until"), data.get("honoured", True))


def _location(data: dict[str, Any]) -> Location:
    return Location(
        data["role"], data["path"], data.get("line"), data.get("column"), data.get("cell"), data.get("pointer")
    )
