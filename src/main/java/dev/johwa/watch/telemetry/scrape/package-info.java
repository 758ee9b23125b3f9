/// What applications tell of themselves on a page of metrics: asked for, read, made points of. Entered by [Scraper].
@NullMarked
package dev.johwa.watch.telemetry.scrape;

import org.jspecify.annotations.NullMarked;
