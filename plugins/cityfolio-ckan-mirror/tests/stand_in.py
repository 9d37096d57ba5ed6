"""A server of this machine that answers as CKAN's action API does, as far as a mirror asks."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

TOKEN = "a-token-of-the-stand-in"


class Ckan:
    def __init__(self):
        self.packages, self.rooms, self.told, self.fails = {}, {"organization": {}, "group": {}}, [], None
        ckan = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                action, query = urlsplit(self.path).path.rpartition("/")[2], parse_qs(urlsplit(self.path).query)
                if action == "current_package_list_with_resources":
                    start, most = int(query["offset"][0]), int(query["limit"][0])
                    self.answer(200, sorted(ckan.packages.values(), key=lambda each: each["name"])[start:start + most])
                else:
                    self.answer(200, sorted(ckan.rooms[action.removesuffix("_list")]))

            def do_POST(self):
                action = self.path.rpartition("/")[2]
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if ckan.fails:
                    return self.answer(*ckan.fails)
                if self.headers["Authorization"] != TOKEN:
                    return self.answer(403, "Access denied")
                ckan.told.append((action, said.get("name") or said["id"]))
                kind, _, verb = action.rpartition("_")
                if kind != "package":
                    ckan.rooms[kind][said["name"]] = said
                elif verb == "create":
                    assert said["owner_org"] in ckan.rooms["organization"]
                    assert all(each["name"] in ckan.rooms["group"] for each in said["groups"])
                    ckan.packages[said["name"]] = {**said, "id": f"id-of-{said['name']}"}
                elif verb == "update":
                    ckan.packages[said["name"]] = said
                else:
                    ckan.packages = {name: each for name, each in ckan.packages.items() if each["id"] != said["id"]}
                return self.answer(200, None)

            def answer(self, code, result):
                body = json.dumps({"success": code == 200, "result": result}).encode()
                self.send_response(code)
                if code == 302:
                    self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
