"""Word templates for programs: `Template` takes the place of docxtpl's `DocxTemplate`, on this engine."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from jinja2 import Environment

from officeflow.document.render.printing import Printer, template_finding
from officeflow.document.template_api.dialect import dialect_of
from officeflow.document.template_api.finishing import finished
from officeflow.document.template_api.rendering import render_plain
from officeflow.document.template_api.replacing import Replacements, Source, read_source
from officeflow.document.template_api.sandbox import plain_environment
from officeflow.document.templates.compiled import Compiled
from officeflow.document.templates.store import compile_template
from officeflow.document.wml.placing import Placing, UnplacedError
from officeflow.document.wml.wordml import DECLARATION, parse, qn, serialize
from officeflow.model.findings import Finding, Severity
from officeflow.ooxml import Packed, open_package, write_file
from officeflow.ooxml.parts import Parts

if TYPE_CHECKING:
    from docx.document import Document

    from officeflow.document.template_api.subdocument import Subdoc

CORE = "docProps/core.xml"
TemplateFile = str | PathLike[str] | IO[bytes] | bytes
Undefined = Literal["ignore", "error"]


class TemplateError(Exception):
    """A template cannot be filled; `findings` say all that is wrong, each with part, paragraph and tag."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(finding.message for finding in findings))
        self.findings = findings


class Template:
    """A Word template with Jinja tags, in docxtpl's dialect and with its public names.

    `template_file` is a path, an open file or the bytes.  With `undefined="error"` a name
    that the context does not have is an error; otherwise it prints nothing.  `store` is a folder
    where compiled templates are kept from one process to the next.

    Everything printed is escaped.  Figures in the context are bound, as in reports.

    Raises:
        OSError: the file cannot be read.
    """

    def __init__(
        self, template_file: TemplateFile, *, undefined: Undefined = "ignore", store: Path | None = None
    ) -> None:
        self.template_file = template_file
        self.is_rendered = self.is_saved = False
        self.allow_missing_pics = False
        self._template = template_file if isinstance(template_file, bytes) else read_source(template_file)
        self._undefined: Undefined = undefined
        self._store = store
        self._links: list[str] = []
        self._document: Document | None = None
        self._rendered = b""
        self._replacements = Replacements()

    def render(
        self,
        context: Mapping[str, Any],
        jinja_env: Environment | None = None,
        autoescape: bool = True,  # noqa: ARG002  docxtpl's argument; here nothing is printed unescaped
    ) -> None:
        """Fill the template; each call starts from the template as it was given.

        `jinja_env` gives filters, tests, globals, delimiters, extensions and undefined class.

        Raises:
            TemplateError: the template, or a value for one of its tags, is wrong.
        """
        source = self._source()
        compiled = self._compiled(source, jinja_env)
        _refuse(compiled.findings, compiled)
        placings: list[Placing] = []

        def place(bound: Printer) -> Placing:
            if not placings:
                placings.append(self._placing(source, compiled.main, bound))
            return placings[0]

        rendered = render_plain(compiled, context, _environment(jinja_env, self._undefined), place)
        _refuse(tuple(dict.fromkeys(rendered.printer.findings)))
        if self._links:
            place(rendered.printer)
        self._rendered = finished(source, compiled, rendered, placings)
        self.is_rendered, self.is_saved, self._document = True, False, None

    def render_properties(self, context: Mapping[str, Any], jinja_env: Environment | None = None) -> None:
        """Fill the document's properties (title, author …) again, and nothing else; `render` has filled them already.

        Raises:
            TemplateError: the template, or a value for one of its tags, is wrong.
        """
        other = Template(self._template, undefined=self._undefined, store=self._store)
        other.render(context, jinja_env)
        package = open_package(other._rendered).value
        if package is not None and CORE in package:
            self._rendered = Packed.of(self._current()).with_parts({CORE: package.read(CORE)})
            self.is_rendered, self.is_saved, self._document = True, False, None

    def save(self, filename: str | PathLike[str] | IO[bytes]) -> None:
        """Write the document (the template itself before anything was rendered), its pictures and files exchanged.

        Raises:
            OSError: the file cannot be written.
            TemplateError: a picture to be exchanged is not there.
        """
        data = self._replaced(self._current())
        if isinstance(filename, (str, PathLike)):
            write_file(Path(filename), data)
        else:
            filename.write(data)
        self.is_saved = True

    def get_undeclared_template_variables(
        self, jinja_env: Environment | None = None, context: Mapping[str, Any] | None = None
    ) -> set[str]:
        """Return the names that the template asks for, without those that `context` has.

        Raises:
            TemplateError: the template is wrong.
        """
        compiled = self._compiled(self._template, jinja_env)
        _refuse(compiled.findings, compiled)
        return compiled.names.keys() - (context or {}).keys()

    @property
    def undeclared_template_variables(self) -> set[str]:
        """The names that the template asks for."""
        return self.get_undeclared_template_variables()

    @property
    def docx(self) -> Document:
        """The document as python-docx sees it: what was rendered, before that the template; changes count."""
        if self._document is None:
            import docx

            self._document = docx.Document(io.BytesIO(self._rendered if self.is_rendered else self._template))
        return self._document

    def get_docx(self) -> Document:
        """Return the template as python-docx sees it, to change it before it is rendered (again)."""
        if self.is_rendered:
            self._document, self._rendered, self.is_rendered = None, b"", False
        return self.docx

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.docx, name)

    def new_subdoc(self, docpath: str | PathLike[str] | IO[bytes] | None = None) -> Subdoc:
        """Return a sub-document to be printed with {{p name }}: a file, or an empty one to be written with python-docx.

        Raises:
            TemplateError: the file is not there.
        """
        from officeflow.document.template_api.subdocument import Subdoc

        try:
            return Subdoc(b"" if docpath else self._source(), docpath)
        except UnplacedError as error:
            raise TemplateError((unplaced_finding(error),)) from error

    def build_url_id(self, url: str) -> str:
        """Return what `RichText.add` takes as `url_id` for a link to this address."""
        self._links.append(url)
        compiled = self._compiled(self._template, None)
        return self._linked(self._source(), compiled.main)[1][-1]

    def get_xml(self) -> str:
        """Return the XML of the body: rendered, before that the template's."""
        compiled = self._compiled(self._template, None)
        package = open_package(self._current()).value
        body = parse(package.read(compiled.main)).find(qn("body")) if package else None
        return "" if body is None else serialize(body)

    def replace_pic(self, embedded_file: str, dst_file: Source) -> None:
        """Show another picture wherever one has this name, title or description, when the document is saved."""
        self._replacements.replace_pic(embedded_file, dst_file)

    def replace_media(self, src_file: Source, dst_file: Source) -> None:
        """Exchange every picture that has the bytes of `src_file`, when the document is saved."""
        self._replacements.replace_media(src_file, dst_file)

    def replace_embedded(self, src_file: Source, dst_file: Source) -> None:
        """Exchange every embedded file that has the bytes of `src_file`, when the document is saved."""
        self._replacements.replace_embedded(src_file, dst_file)

    def replace_zipname(self, zipname: str, dst_file: Source) -> None:
        """Exchange the part of this name, when the document is saved."""
        self._replacements.replace_zipname(zipname, dst_file)

    def reset_replacements(self) -> None:
        """Forget what was to be exchanged."""
        self._replacements.reset()

    def _compiled(self, source: bytes, jinja_env: Environment | None) -> Compiled:
        return compile_template(source, self._store, dialect_of(jinja_env))

    def _source(self) -> bytes:
        """The package to fill: the template, with what python-docx changed in it before."""
        return self._template if self.is_rendered or self._document is None else _saved(self._document)

    def _current(self) -> bytes:
        if self._document is not None:
            return _saved(self._document)
        return self._rendered if self.is_rendered else self._template

    def _linked(self, source: bytes, main: str) -> tuple[Parts, list[str]]:
        package = open_package(source).value
        if package is None:
            raise TemplateError(open_package(source).findings)
        patch = Parts(package)
        placing = Placing(patch=patch, main=main, next=int, part=main)
        return patch, [placing.relate_outside("hyperlink", link) for link in self._links]

    def _placing(self, source: bytes, main: str, bound: Printer) -> Placing:
        return Placing(patch=self._linked(source, main)[0], main=main, next=bound.next)

    def _replaced(self, data: bytes) -> bytes:
        asked = self._replacements
        if not (asked.pictures or asked.media or asked.embedded or asked.names):
            return data
        package = open_package(data).value
        if package is None:
            raise TemplateError(open_package(data).findings)
        placing = Placing(patch=Parts(package), main=self._compiled(self._template, None).main, next=int)
        texts: dict[str, str] = {}
        try:
            asked.apply(placing, texts, allow_missing=self.allow_missing_pics)
        except UnplacedError as error:
            raise TemplateError((unplaced_finding(error),)) from error
        for part, xml in texts.items():
            placing.patch.write(part, (DECLARATION + xml).encode())
        return Packed.of(data).with_parts(placing.patch.changed)


def unplaced_finding(error: UnplacedError) -> Finding:
    """Return the finding for a value that belongs to no tag."""
    from officeflow.document.templates.compiled import MESSAGES

    said: dict[str, Any] = dict(error.values)
    return MESSAGES.finding(error.code, **said)


def _environment(jinja_env: Environment | None, undefined: Undefined) -> Environment:
    return (
        _own_environment(undefined)
        if jinja_env is None
        else plain_environment(jinja_env, undefined=undefined)
    )


@cache
def _own_environment(undefined: Undefined) -> Environment:
    return plain_environment(undefined=undefined)


def _refuse(findings: tuple[Finding, ...], compiled: Compiled | None = None) -> None:
    problems = compiled.problems if compiled else []
    found = (*findings, *map(template_finding, problems))
    if any(finding.severity is not Severity.HINT for finding in found):
        raise TemplateError(found)


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return Packed.of(buffer.getvalue()).with_parts({})
