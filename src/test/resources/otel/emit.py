"""Sends a metric of each kind, records of logs and spans by OpenTelemetry's own exporters, as the environment says."""
import logging

from opentelemetry import trace
from opentelemetry._logs import set_logger_provider
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

metrics = MeterProvider([PeriodicExportingMetricReader(OTLPMetricExporter(compression=Compression.Gzip))])
meter = metrics.get_meter("shop")
orders = meter.create_counter("orders")
orders.add(3, {"kind": "book"})
orders.add(4, {"kind": "book"})
meter.create_up_down_counter("waiting").add(2)
meter.create_histogram("http.server.request.duration", unit="s").record(0.2, {"http.route": "/cart"})

spans = TracerProvider()
spans.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
logs = LoggerProvider()
set_logger_provider(logs)
logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter(compression=Compression.Gzip)))
logger = logging.getLogger("shop")
logger.addHandler(LoggingHandler(logger_provider=logs))

with spans.get_tracer("shop").start_as_current_span("order"):
    logger.error("it broke with %s", "s3cret", extra={"tries": 3})

for each in (metrics, spans, logs):
    each.shutdown()
