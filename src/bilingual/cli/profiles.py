"""`bilingual profiles`: the normalization profiles, from the records the engine reads."""

from __future__ import annotations

import click


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME|FILE.toml]...")
@click.option(
    "--steps", "only_steps", is_flag=True, help="List every step there is, for profiles of your own."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per profile (or step).")
def command(names: tuple[str, ...], only_steps: bool, as_json: bool) -> None:
    """List the normalization profiles: purpose, steps and examples; with NAMEs, those alone."""
    from bilingual.arabic.describe import profile_lines, profile_record, step_lines, step_record
    from bilingual.arabic.profile import PROFILES, named_profile
    from bilingual.arabic.steps import STEPS

    if only_steps:
        for one in STEPS.values():
            click.echo(_json(step_record(one)) if as_json else "\n".join(step_lines(one)))
        return
    chosen = [named_profile(name) for name in names]
    for profile in chosen or PROFILES.values():
        click.echo(_json(profile_record(profile)) if as_json else "\n".join(profile_lines(profile)))


def _json(record: object) -> str:
    import json

    return json.dumps(record, ensure_ascii=False)
