import pytest
from tests.browser import test_staff_quality as T
from tests.browser.test_staff_quality import PAGES
year_test=T.test_a_year_goes_from_forms_to_the_published_report

def test_shots(at_the_desk, staff_server, tmp_path):
    try:
        year_test(at_the_desk, staff_server, tmp_path)
    finally:
        for n,(who,path) in enumerate(PAGES):
            for w in (1366,820):
                if w==820 and n not in (0,4,6): continue
                p=at_the_desk(who,path,width=w)
                p.screenshot(path=f"/tmp/m/shot-{n}-{w}.png",full_page=n!=12)
        T.test_the_pages_fit_their_screens_and_are_accessible(at_the_desk,1366)
        T.test_the_pages_fit_their_screens_and_are_accessible(at_the_desk,820)
