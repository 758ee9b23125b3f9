package dev.johwa.main;

import dev.johwa.lib.process.Bubblewrap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the sandbox program is: on the PATH, or fetched from Debian's packages once.
final class Bubblewraps {
    private static final Logger LOG = LoggerFactory.getLogger(Bubblewraps.class);

    private Bubblewraps() {}

    static List<Path> find(Settings settings) {
        var places = new ArrayList<Path>();
        for (var folder : settings.path()) {
            places.add(folder.resolve("bwrap"));
        }
        var own = new Bubblewrap(settings.tools());
        places.add(own.program());
        boolean hasApt = settings.path().stream().anyMatch(folder -> Files.isExecutable(folder.resolve("apt-get")));
        if (places.stream().noneMatch(Files::isExecutable) && hasApt) {
            LOG.info("bubblewrap is missing: fetching it into {} (the sandbox around every step)", settings.tools());
            own.fetch();
        }
        return places;
    }
}
