"""Chromium without a window, over its debugging port: opens a page, says what went wrong, answers questions."""
import itertools
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from websocket import create_connection

PROGRAMS = ('chromium', 'google-chrome', 'chromium-browser')
FLAGS = ('--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run',
         '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0',
         '--remote-allow-origins=*')


def find_browser(): return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    "One tab of a browser with an empty profile."
    def __init__(self, program):
        self.profile = Path(tempfile.mkdtemp())
        command = [program, *FLAGS, f'--user-data-dir={self.profile}', 'about:blank']
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        tabs = json.load(urlopen(f'http://127.0.0.1:{self.port()}/json', timeout=60))
        tab = next(t for t in tabs if t['type'] == 'page')
        self.socket = create_connection(tab['webSocketDebuggerUrl'], timeout=120)
        self.numbers, self.events = itertools.count(1), []
        for domain in ('Page', 'Runtime', 'Log', 'Network'): self.send(f'{domain}.enable')

    def port(self):
        "The port that the browser chose; it writes it into its profile when it is ready."
        file = self.profile/'DevToolsActivePort'
        for _ in range(1200):
            if file.exists() and len(lines := file.read_text().split()) == 2: return lines[0]
            if self.process.poll() is not None: break
            time.sleep(.1)
        raise RuntimeError('the browser did not start')

    def receive(self):
        message = json.loads(self.socket.recv())
        if 'method' in message: self.events.append(message)
        return message

    def send(self, method, **parameters):
        "Run a command of the protocol; returns its result."
        number = next(self.numbers)
        self.socket.send(json.dumps(dict(id=number, method=method, params=parameters)))
        while (message := self.receive()).get('id') != number: pass
        if 'error' in message: raise RuntimeError(f'{method}: {message["error"]}')
        return message['result']

    def open(self, url, width):
        "Load a page in a window of this width, px; its scripts have run when this returns."
        screen = dict(width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.send('Emulation.setDeviceMetricsOverride', **screen)
        self.events.clear()
        self.send('Page.navigate', url=url)
        while not any(e['method'] == 'Page.loadEventFired' for e in self.events): self.receive()
        self.ask('new Promise(done => setTimeout(done, 300))')

    def ask(self, expression):
        "The value of an expression of JavaScript; of a promise, what it comes to."
        answer = self.send('Runtime.evaluate', expression=expression, awaitPromise=True, returnByValue=True)
        assert 'exceptionDetails' not in answer, answer['exceptionDetails']
        return answer['result'].get('value')

    def complaints(self):
        "Errors and warnings of the console, exceptions, and what could not be loaded, since the page was opened."
        bad = {'Runtime.exceptionThrown', 'Network.loadingFailed'}
        return [e['params'] for e in self.events if e['method'] in bad
                or e['method'] == 'Log.entryAdded' and e['params']['entry']['level'] in ('error', 'warning')
                or e['method'] == 'Runtime.consoleAPICalled' and e['params']['type'] in ('error', 'warning', 'assert')]

    def foreign_requests(self):
        "Addresses outside the site that the page asked for."
        asked = {e['params']['request']['url'] for e in self.events if e['method'] == 'Network.requestWillBeSent'}
        return sorted(u for u in asked if not u.startswith(('file:', 'data:', 'blob:')))

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(60)
        shutil.rmtree(self.profile, ignore_errors=True)
