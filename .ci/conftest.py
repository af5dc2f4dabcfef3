"""pytest's settings: the last line counts the tests, in words that any CI reads."""
counts = None

def pytest_terminal_summary(terminalreporter):
    global counts
    counts = {k: len(terminalreporter.stats.get(k, [])) for k in ('passed', 'failed', 'error')}
    for reason in {r.longrepr[2] for r in terminalreporter.stats.get('skipped', [])}: terminalreporter.write_line(reason)

def pytest_unconfigure(config):
    if counts: print(f"\n{counts['passed']} passed, {counts['failed'] + counts['error']} failed")
