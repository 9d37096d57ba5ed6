"""Every address asked for: servers side by side, the addresses of one server one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread

from cityfolio.frozen import replace
from cityfolio.keeping.links.asking import Asking, found_at
from cityfolio.keeping.links.servers import server_of
from cityfolio.model.health import CheckedLink

AT_ONCE = 8

Answer = CheckedLink | BaseException


def found(urls: Iterable[str], asking: Asking) -> Iterator[CheckedLink]:
    """What is at each address, as it comes. Who stops taking stops the asking."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in sorted(set(urls), key=lambda each: (_page_of(each), each)):
        by_host[server_of(url)].append(url)
    # The server with most addresses takes longest, so it begins.
    waiting = sorted(by_host.values(), key=lambda given: (-len(given), given))
    lists, answers, stop = SimpleQueue[list[str]](), SimpleQueue[Answer](), Event()
    for given in waiting:
        lists.put(given)
    threads = [Thread(target=_asked, args=(lists, answers, stop, asking), daemon=True)
               for _ in range(min(AT_ONCE, len(waiting)))]
    for thread in threads:
        thread.start()
    try:
        for _ in range(sum(map(len, waiting))):
            answer = answers.get()
            if isinstance(answer, BaseException):
                raise answer
            yield answer
    finally:
        stop.set()


def _asked(lists: SimpleQueue[list[str]], answers: SimpleQueue[Answer], stop: Event, asking: Asking) -> None:
    try:
        while True:
            link: CheckedLink | None = None
            for url in lists.get_nowait():
                if stop.is_set():
                    return
                # Places in one page stand side by side, and the page is there or not for all of them.
                is_same = link is not None and _page_of(link.url) == _page_of(url)
                link = replace(link, url=url) if link and is_same else found_at(url, asking)
                answers.put(link)
    except Empty:
        return
    except BaseException as error:  # noqa: BLE001 - nothing is swallowed: whoever takes the answers raises it again
        answers.put(error)


def _page_of(url: str) -> str:
    return url.partition("#")[0]
