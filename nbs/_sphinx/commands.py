"""The command line as the site shows it: made from what `--help` is made from."""
import re
from dataclasses import dataclass

import typer
from typer.testing import CliRunner


@dataclass
class Verb:
    "A command that can be run."
    words: str  # 'headpose prepare join'
    command: object
    label: str  # what links to it say
    app: object # that it belongs to

    @property
    def context(self):
        "What typer knows of the command while it prints its help."
        return self.command.context_class(self.command, info_name=self.words, **self.command.context_settings)


def verbs(app):
    "Every command of a typer application, those of groups included, by the function that does it."
    def walk(command, words):
        if not hasattr(command, 'commands'): yield Verb(words, command, words.replace(' ', '-'), app)
        else:
            for name, below in command.commands.items(): yield from walk(below, f'{words} {name}')
    group = typer.main.get_command(app)
    return list(walk(group, group.name))


def usage(verb):
    "How a command is called: `headpose prepare join [OPTIONS] SRC... OUT`."
    line = re.sub(r'^\s*Usage: ', '', verb.command.get_usage(verb.context)).strip()
    return re.sub(r'\{(\w+)\}', lambda m: m[1].upper(), line)


def remarks(help_text):
    "What an option does, its default, and what else `--help` puts in brackets behind that."
    text, bracket = re.fullmatch(r'(.*?)(?:  \[(.*)\])?', help_text, re.S).groups()
    said = bracket.split('; ') if bracket else []
    default = next((r.removeprefix('default: ').strip('()') for r in said if r.startswith('default: ')), '')
    return text, default, [in_words(r) for r in said if not r.startswith('default: ')]


def in_words(remark):
    "A range in words: `1<=x<=9` as 'from 1 to 9'."
    if m := re.fullmatch(r'(\S+?)<=x<=(\S+)', remark): return f'from {m[1]} to {m[2]}'
    if m := re.fullmatch(r'x>=(\S+)', remark): return f'at least {m[1]}'
    return remark


def table_row(*cells): return '| ' + ' | '.join(c.replace('|', '\\|').replace('\n', ' ') for c in cells) + ' |'


def escape(text): return re.sub(r'([*_<$\[\]])', r'\\\1', text)


def option_row(parameter, context):
    "A row of the table of options."
    names, help_text = parameter.get_help_record(context)
    if parameter.param_type_name == 'argument': names = re.sub(r'^\w+', lambda m: m[0].upper(), names)
    does, default, rest = remarks(help_text)
    if rest: does += f' ({", ".join(rest)})'
    return table_row(f'`{names.replace(" range>", ">")}`', escape(does), f'`{default}`' if default else '')


def own_help(verb):
    "What a command prints for `--help` where it reads its options itself, and not through typer."
    words = verb.words.split()[1:]
    done = CliRunner().invoke(verb.app, [*words, '--help'], env=dict(COLUMNS='100'))
    return done.output.strip()


def text_block(text): return f'```text\n{text}\n```'


def documentation(verb, level):
    "What the site says of a command: what it does, usage, an example, and each option with its default."
    shown = [p for p in verb.command.params if p.get_help_record(verb.context)]
    said = [f'({verb.label})=\n{"#" * level} `{verb.words}`', verb.command.help or '', text_block(usage(verb))]
    if verb.command.epilog: said.append('For example:\n\n' + text_block(verb.command.epilog.removeprefix('Example: ')))
    if shown:
        head = [table_row('Option', 'What it does', 'Default'), table_row('---', '---', '---')]
        said.append('\n'.join(head + [option_row(p, verb.context) for p in shown]))
    if not verb.context.help_option_names: said.append(text_block(own_help(verb)))
    return '\n\n'.join(said)
