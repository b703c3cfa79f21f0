"""A tutorial of the work desk, walked as a reader walks it: sign in, open, fill in, press, and look for what is quoted.

How a page tells what to do (Chinese text around it is free):

- `` 用 `login` 登录 ``: sign in with that account of the demonstration, or go back to its window;
- `` `/desk/…` ``: open this address;
- ``**label** 填 `value` `` or ``选 `value` ``: fill in the field of that label; 选 takes the words of a choice;
- ``**words**`` alone: press the button, or follow the link, of these words;
- ``在「words」那一行点 **words**``: the same, in the row that holds them;
- 「…」: stands on the page that is there now, or in the paper or the command's answer;
- a block of csv: the file that the next form sends; a block of sh: commands, run one after the other.
"""

import base64
import html
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
from django.test import Client
from lxml import html as pages  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from guantong.actions.clock import real_now
from guantong.actions.second_factor import SECONDS, code_at

TOKEN = re.compile(
    r"```(?P<block>csv|sh)\n(?P<text>.*?)```"
    r"|用 `(?P<login>[a-z-]+)` 登录"
    r"|`(?P<address>/[^`]*)`"
    r"|\*\*(?P<label>[^*]+)\*\* (?:填|选) `(?P<value>[^`]*)`"
    r"|在「(?P<row>[^」]*)」(?:那一行|一行)(?:按|点) \*\*(?P<there>[^*]+)\*\*"
    r"|\*\*(?P<press>[^*]+)\*\*"
    r"|「(?P<phrase>[^」]*)」",
    re.DOTALL,
)
FROM_PAPER = {
    "纸上的编号": r"编号[：:\s]*([A-Z0-9-]+-\d{4}-\d+)",
    "纸上的校验码": r"校验码[：:\s]*((?:\w{4}-){4}\w{4})",
}


class Told(NamedTuple):
    """One thing that a tutorial says, and the line on which it says it."""

    line: int
    what: str
    words: str
    value: str


def told(text: str) -> Iterator[Told]:
    """Everything a tutorial says to do or to see, in order."""
    for part in TOKEN.finditer(text):
        what = next(name for name, words in part.groupdict().items() if words is not None)
        what = "row" if part["row"] is not None else part["block"] or what
        words = part["text"] or part["row"] or part[part.lastgroup or 0] if part["block"] else ""
        line = text.count("\n", 0, part.start()) + 1
        yield Told(line, what, *_pair(part, what, words))


def _pair(part: re.Match[str], what: str, words: str) -> tuple[str, str]:
    if part["block"]:
        return part["text"], ""
    if what == "label":
        return part["label"], part["value"]
    if what == "row":
        return part["there"], part["row"]
    return part[what], words


def squeezed(text: str) -> str:
    """Text without any space: what only the markup separates reads as one."""
    return re.sub(r"\s", "", text)


@dataclass
class Window:
    """One person's browser: the page that is there now, and what was typed on it."""

    client: Client
    address: str = "/"
    page: HtmlElement | None = None
    text: str = ""
    paper: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    def open(self, address: str) -> None:
        """Follow an address, and where it leads on to."""
        self._there(self.client.get(address, follow=True), address)

    def _there(self, response: Any, address: str) -> None:
        assert response.status_code in (200, 201, 409, 422), (
            address,
            response.status_code,
            response.content[:3000].decode(),
        )
        chain = getattr(response, "redirect_chain", ())
        self.address, self.typed = (chain[-1][0] if chain else address), {}
        content = response.content
        if content.startswith(b"%PDF"):
            self.text = self.paper = _paper(content)
            return
        body = content.decode()
        self.page = pages.fromstring(body)
        main = body.split("<main", 1)[1].split("</main>", 1)[0] if "<main" in body else body
        self.text = html.unescape(re.sub(r"<[^>]+>", "", main))

    def fill(self, label: str, value: str) -> None:
        """Type into the field of a label; the words of a choice stand for its value."""
        self.typed[self._field(label).get("name")] = self._value(self._field(label), value)

    def _field(self, label: str) -> HtmlElement:
        assert self.page is not None
        for one in self.page.iter("label"):
            words = squeezed("".join(one.itertext()))
            own = squeezed((one.text or "") + "".join(child.tail or "" for child in one))
            if squeezed(label) in (words, own):
                inside = one.xpath(".//input|.//select|.//textarea")
                return inside[0] if inside else self.page.get_element_by_id(one.get("for"))
        for one in self.page.iter("input", "select", "textarea"):
            named = one.get("aria-label") or self._text_of(one.get("aria-labelledby", ""))
            if squeezed(named) == squeezed(label):
                return one
        raise AssertionError(f"no field {label} on {self.address}: {[_said(one) for one in self.page.iter('label')]}")

    def _text_of(self, identifier: str) -> str:
        found = self.page.xpath("//*[@id=$name]", name=identifier) if identifier and self.page is not None else []
        return "".join(found[0].itertext()) if found else ""

    def _value(self, entry: HtmlElement, value: str) -> str:
        if entry.tag != "select":
            return value
        choices = {_said(option): option.get("value", _said(option)) for option in entry.iter("option")}
        assert squeezed(value) in choices, (value, list(choices))
        return str(choices[squeezed(value)])

    def press(self, words: str, *, row: str = "", file: tuple[str, bytes] | None = None) -> None:
        """Press the button, or follow the link, of these words."""
        assert self.page is not None
        within = self._row(row) if row else self.page
        wanted = squeezed(words)
        anywhere = "//main//a|//main//button|//nav//a"
        found = list(within.xpath(".//a|.//button" if row else anywhere))
        chosen = next((one for one in found if _said(one) == wanted), None)
        if chosen is None:
            chosen = next((one for one in found if _said(one).startswith(wanted)), None)
        assert chosen is not None, f"nothing to press called {words} on {self.address}: {[_said(one) for one in found]}"
        if chosen.tag == "a":
            self.open(chosen.get("href"))
        else:
            self._send(chosen, file)

    def _row(self, words: str) -> HtmlElement:
        assert self.page is not None
        rows = [one for one in self.page.xpath("//tr|//li|//fieldset") if squeezed(words) in _said(one)]
        assert rows, f"no row {words} on {self.address}"
        return rows[-1]

    def _send(self, button: HtmlElement, file: tuple[str, bytes] | None) -> None:
        form = next(button.iterancestors("form"))
        sent: dict[str, Any] = {}
        for name, value in form.form_values():
            sent.setdefault(name, []).append(value)
        unknown = set(self.typed) - {one.get("name") for one in form.iter("input", "select", "textarea")}
        assert not unknown, f"{unknown} stand in another form than {_said(button)}"
        sent |= {name: [value] for name, value in self.typed.items()}
        if button.get("name"):
            sent[button.get("name")] = [button.get("value") or ""]
        if file:
            entry = next(one for one in form.iter("input") if one.get("type") == "file")
            upload = BytesIO(file[1])
            upload.name = file[0]
            sent[entry.get("name")] = upload
        target = form.get("action") or self.address
        if (form.get("method") or "get").lower() == "get":
            query = {name: value[-1] for name, value in sent.items()}
            self._there(self.client.get(target, query, follow=True), target)
        else:
            self._there(self.client.post(target, sent, follow=True), target)


def _said(one: HtmlElement) -> str:
    return squeezed("".join(one.itertext()))


def _paper(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@dataclass
class Walk:
    """A reader of a tutorial: one window for each account, and a terminal."""

    accounts: dict[str, tuple[str, str]]
    run: Callable[[list[str]], str]
    windows: dict[str, Window] = field(default_factory=dict)
    now: str = ""
    answer: str | None = None
    file: tuple[str, bytes] | None = None
    seen: int = 0

    def take(self, step: Told) -> None:
        """Do, or look for, what a tutorial says; an `AssertionError` tells what is not so."""
        match step.what:
            case "login":
                self._sign_in(step.words)
            case "address":
                self._window().open(step.words)
            case "label":
                self._window().fill(step.words, self._from_paper(step.value))
            case "row":
                self._window().press(step.words, row=step.value)
            case "press":
                self._window().press(step.words, file=self.file)
                self.file = None
            case "csv":
                self.file = ("名册.csv", step.words.encode())
            case "sh":
                self.answer = "\n".join(
                    self.run(shlex.split(line, comments=True)) for line in step.words.splitlines() if line
                )
            case "phrase":
                self.seen += 1
                text = self.windows[self.now].text if self.answer is None else self.answer
                assert squeezed(step.words) in squeezed(text), f"not there: {step.words}\n{text}"

    def _window(self) -> Window:
        self.answer = None
        return self.windows.setdefault(self.now, Window(Client(raise_request_exception=True)))

    def _sign_in(self, login: str) -> None:
        self.now, known = login, login in self.windows
        window = self._window()
        window.open("/desk/")
        if known:
            return
        password, secret = self.accounts[login]
        window.fill("登录名", login)
        window.fill("密码", password)
        window.fill("动态口令", code_at(base64.b32decode(secret), int(real_now().timestamp()) // SECONDS))
        window.fill("这次登录的用途", "办理学籍变动")
        window.press("登录")

    def _from_paper(self, value: str) -> str:
        if value not in FROM_PAPER:
            return value
        found = re.search(FROM_PAPER[value], self._window().paper)
        assert found is not None, f"{value} is not on the last paper"
        return found[1]
