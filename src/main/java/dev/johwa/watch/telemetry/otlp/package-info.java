/// What OpenTelemetry's exporters send: bodies as protobuf or JSON → points. Entered by [Receiver]; alone knows
/// protobuf.
@NullMarked
package dev.johwa.watch.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
