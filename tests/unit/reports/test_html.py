"""The HTML: every word escaped, numbers that lead to their facts, nothing fetched and nothing that acts."""

from html.parser import HTMLParser

from tests.unit.reports.samples import FAR, LEFT, figure, merged_table, number, sample_report, short_report

from guantong.reports.html import fragment, write_html
from guantong.reports.layout import lay_out
from guantong.reports.model import Cell, Paragraph, Signatures, Signer, Table
from guantong.reports.prose import prose
from guantong.reports.runs import Bound, Note, Quoted, Text


class Tags(HTMLParser):
    """Keeps what is open, and every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "hr", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == "rect" or self.open.pop() == tag


def tags(page: str) -> Tags:
    parser = Tags()
    parser.feed(page)
    assert parser.open == []
    return parser


def test_a_page_is_whole_well_nested_and_fetches_nothing() -> None:
    page = write_html(lay_out(sample_report()))
    assert page.startswith("<!doctype html>")
    for _, attributes in tags(page).seen:
        assert not {"src", "style", "onclick"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")


def test_a_bound_number_carries_its_fact_and_place() -> None:
    page = fragment(lay_out(short_report((number("1,035", "demo:plan"),))))
    assert f'<data value="1,035" data-fact="demo:plan" title="{FAR}">1,035</data>' in page


def test_every_word_from_outside_is_escaped() -> None:
    bad = '<script>"&'
    table = Table(caption=(Text(bad),), header=((Cell((Text(bad),)),),), rows=((Cell((Text(bad),)),),), align=(LEFT,))
    quoted = (Quoted(bad, bad), Bound(f"{bad}5", bad, bad), Note((Text(bad),)), Text(bad, strong=True))
    page = write_html(lay_out(short_report(quoted, table, Signatures((Signer(bad, bad),)))))
    assert "<script" not in page
    assert page.count("&lt;script&gt;&quot;&amp;") >= 10


def test_the_contents_lead_to_headings_that_are_there() -> None:
    seen = tags(fragment(lay_out(sample_report()))).seen
    links = {attributes["href"] for tag, attributes in seen if tag == "a"}
    assert links
    assert links <= {f"#{attributes['id']}" for _, attributes in seen if "id" in attributes}


def test_a_merged_cell_reaches_over_columns_and_rows() -> None:
    page = fragment(lay_out(short_report(merged_table())))
    assert 'rowspan="2">学校</th>' in page
    assert 'colspan="2">未收录</td>' in page
    assert '<td class="report-left" rowspan="2">东城职业学校</td>' in page


def test_a_drawing_stands_inline_with_its_words() -> None:
    page = fragment(lay_out(short_report(figure())))
    assert '<div role="img" aria-label="三年招生计划逐年增加。"><svg ' in page
    assert page.count("<figcaption>") == 1


def test_a_note_mark_is_raised_and_a_quotation_names_its_source() -> None:
    page = fragment(lay_out(short_report(Paragraph((Text("甲"), Note((Text("乙"),)), Quoted("第1名", "某校"))))))
    assert "<sup>〔注1〕</sup>" in page
    assert '<q class="report-quoted" title="某校">第1名</q>' in page


def test_a_fragment_has_no_frame_of_its_own() -> None:
    page = fragment(lay_out(short_report(prose("甲"))))
    assert page.startswith('<article class="report report-report">')
    assert "<style" not in page
