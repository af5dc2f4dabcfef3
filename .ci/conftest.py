"""pytest's settings: the last line counts the tests, in words that any CI reads."""
_reporter = None

def pytest_configure(config):
    global _reporter
    _reporter = config.pluginmanager.get_plugin('terminalreporter')

def pytest_unconfigure(config):
    if hasattr(config, 'workerinput') or _reporter is None: return
    n = {k: len(_reporter.stats.get(k, [])) for k in ('passed', 'failed', 'error')}
    print(f"\n{n['passed']} passed, {n['failed'] + n['error']} failed")
