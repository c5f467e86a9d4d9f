"""Words of the command line in; text and exit codes out. One file a command; the only room that prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from pubtrack.model.version import __version__

GROUPS: dict[str, tuple[str, ...]] = {
    "The store": ("init", "add", "list", "show", "set", "unset", "rename", "rm", "fmt", "recover"),
    "Lists of publications": ("render", "cv", "styles"),
    "Papers and sites": ("export",),
    "Metadata": ("check", "refresh", "dedupe", "who"),
    "Shell": ("completion",),
}
"""The commands as `pubtrack --help` groups them; each is the function `command` of the module of that name."""


def _module(name: str) -> str:
    return f"pubtrack.cli.{name}_"


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in GROUPS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(_module(cmd_name)).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            from pubtrack.cli.wrong_file import looks_like_file
            from pubtrack.model.errors import did_you_mean

            if looks_like_file(args[0]):
                ctx.fail(f'"{args[0]}" is not a command; --bib {args[0]} reads a file, as in pubtrack list --bib')
            hint = did_you_mean(args[0], self.list_commands(ctx)) or "; pubtrack --help lists them"
            ctx.fail(f'no command "{args[0]}"{hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in GROUPS.items():
            rows = []
            for name in names:
                command = self.get_command(ctx, name)
                assert command is not None
                rows.append((name, command.get_short_help_str(200)))
            with formatter.section(title):
                formatter.write_dl(rows)


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: pubtrack render --style apa",
)
@click.version_option(__version__, prog_name="pubtrack", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, hidden=True)
def cli(debug: bool) -> None:
    """Keeps an author's publications in BibTeX and prints them in any citation style, the author's name bold."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits: 0 fine, 1 findings or failure, 2 wrong usage; never a traceback but by
    --debug."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    sys.exit(_run(words, debug="--debug" in words))


def _run(words: list[str], *, debug: bool) -> int:
    try:
        code = cli.main(words, prog_name="pubtrack", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        if not words:
            click.echo(error.format_message(), err=True)
            return 2
        path = error.ctx.command_path if error.ctx is not None else "pubtrack"
        _complain(f"{path}: {_sentence(error.format_message())} (see {path} --help)")
        return 2
    except click.Abort:
        _complain("pubtrack: stopped")
        return 130
    except click.ClickException as error:
        _complain(f"pubtrack: {error.format_message()}")
        return error.exit_code
    except BrokenPipeError:
        # The reader went away (`| head`): nothing is left to say, also not by the interpreter at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        return _failed(error, debug=debug)


def _failed(error: Exception, *, debug: bool) -> int:
    from pubtrack.model.errors import PubtrackError

    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, PubtrackError):
        _complain(str(error))
        return error.exit_code
    if isinstance(error, OSError) and error.filename is not None:  # a name that no system call takes, among others
        _complain(str(PubtrackError(f"cannot be used: {error.strerror}", file=_shortened(error.filename))))
        return 1
    _complain(f"pubtrack: internal error: {type(error).__name__}: {error}; --debug shows where. Nothing was written.")
    return 1


def _shortened(name: object) -> str:
    """The name of a file for one line: it may be longer than the system allows."""
    shown = os.fsdecode(name) if isinstance(name, str | bytes) else str(name)
    return shown if len(shown) <= 200 else f"{shown[:100]}…"


def _sentence(message: str) -> str:
    return message.strip().rstrip(".")


def _complain(message: str) -> None:
    """One line on stderr; control characters of a hostile value do not reach the terminal."""
    from pubtrack.cli.terminal import printable

    click.echo(printable(" ".join(message.split("\n"))), err=True)
