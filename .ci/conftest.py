"""pytest's settings: the last line counts the tests, in words that any CI reads."""
import pytest

counts = None

@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    "Where tests run side by side, one process builds and reads the site; every other test stands alone."
    from xdist.scheduler import LoadScopeScheduling
    class OneSite(LoadScopeScheduling):
        def _split_scope(self, nodeid): return 'site' if 'test_site' in nodeid else nodeid
    return OneSite(config, log)

def pytest_terminal_summary(terminalreporter):
    global counts
    counts = {k: len(terminalreporter.stats.get(k, [])) for k in ('passed', 'failed', 'error')}
    skipped = {r.longrepr[2].removeprefix('Skipped: ') for r in terminalreporter.stats.get('skipped', [])}
    for reason in skipped: terminalreporter.write_line(reason)

def pytest_unconfigure(config):
    if counts: print(f"\n{counts['passed']} passed, {counts['failed'] + counts['error']} failed")
