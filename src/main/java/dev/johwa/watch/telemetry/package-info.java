/// Figures over time: of requests, instances, the machine and what applications tell of themselves.
///
/// Face: [Telemetry]. Samples come from the edge, from targets, from pages of metrics and by OTLP → a batch goes to a
/// log, then into blocks by the hour → blocks are made coarser by the minute and the hour → a query in a part of PromQL
/// reads the finest tier that reaches far enough. Must never know doors, and loads nothing before its first use.
@NullMarked
package dev.johwa.watch.telemetry;

import org.jspecify.annotations.NullMarked;
