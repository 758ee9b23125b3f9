"""Sends records by PyPI's fluent-logger: HOST PORT."""
import sys
from fluent import sender
from fluent.sender import EventTime

logger = sender.FluentSender("shop", host=sys.argv[1], port=int(sys.argv[2]), nanosecond_precision=True)
assert logger.emit("python", {"message": "from python", "number": 3, "real": 1.5, "ok": True, "none": None})
assert logger.emit_with_time("python", EventTime(1700000000.5), {"log": "long ago\n", "deep": {"list": [1, "two"]}})
logger.close()
