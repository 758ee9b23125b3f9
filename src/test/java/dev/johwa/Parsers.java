package dev.johwa;

import dev.johwa.build.bill.BillParsers;
import dev.johwa.build.registry.RegistryParsers;
import dev.johwa.door.web.WebParsers;
import dev.johwa.serve.router.proxy.ProxyParsers;
import dev.johwa.source.detect.DetectParsers;
import dev.johwa.source.host.HostParsers;
import dev.johwa.watch.WatchParsers;
import dev.johwa.watch.advisory.AdvisoryParsers;
import dev.johwa.watch.log.forward.ForwardParsers;
import dev.johwa.watch.telemetry.otlp.OtlpParsers;
import dev.johwa.watch.telemetry.scrape.ScrapeParsers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// All that reads what strangers wrote: files of projects, words of people and programs, bytes from connections.
final class Parsers {
    private Parsers() {}

    /// @param folder for what is read from files
    static List<Parser> all(Path folder) {
        return Stream.of(
                        new FileParsers(folder).all(),
                        new WordParsers(folder).all(),
                        new DetectParsers(folder).all(),
                        BillParsers.all(),
                        RegistryParsers.all(),
                        HostParsers.all(),
                        WebParsers.all(),
                        ProxyParsers.all(),
                        WatchParsers.all(),
                        AdvisoryParsers.all(),
                        ForwardParsers.all(),
                        OtlpParsers.all(),
                        ScrapeParsers.all())
                .flatMap(List::stream)
                .toList();
    }
}
