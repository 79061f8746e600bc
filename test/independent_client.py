"""Posts report files by contract 3's JSON body, with nothing but Python's own library, and prints what the hub answered.

usage: SENTINAL_API_TOKEN=… independent_client.py URL SCAN_TYPE FILE…
"""
import json
import os
import sys
import urllib.request

url, scan_type, files = sys.argv[1], sys.argv[2], sys.argv[3:]
for number, path in enumerate(files):
    with open(path, encoding="utf-8-sig") as file:
        report = json.load(file)
    body = {
        "commit_hash": f"{number:040x}",
        "branch": "main",
        "repository": f"python/client-{number}",
        "status": "completed",
        "report": report,
    }
    request = urllib.request.Request(
        f"{url}/api/cicd/webhook/{scan_type}",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {os.environ['SENTINAL_API_TOKEN']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        print(json.dumps({"file": path, "answer": json.load(answer)}))
