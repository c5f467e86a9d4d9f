"""pubtrack completion: the shell's completion script."""

from __future__ import annotations

import click

from pubtrack.cli.project import Project, shared_options


@click.command("completion", epilog='Example: eval "$(pubtrack completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@shared_options
def command(project: Project, shell: str) -> None:
    """Print the completion script for SHELL."""
    from click.shell_completion import get_completion_class

    del project
    script = get_completion_class(shell)
    assert script is not None
    root = click.get_current_context().find_root().command
    click.echo(script(root, {}, "pubtrack", "_PUBTRACK_COMPLETE").source())
