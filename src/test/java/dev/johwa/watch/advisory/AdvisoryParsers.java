package dev.johwa.watch.advisory;

import dev.johwa.Parser;
import dev.johwa.watch.advisory.version.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Those of advisories.
public final class AdvisoryParsers {
    private AdvisoryParsers() {}

    public static List<Parser> all() {
        var all = new ArrayList<Parser>();
        all.add(Parser.ofBytes(
                "advisory",
                AdvisoryReader::read,
                "{\"id\":\"DEBIAN-CVE-1\",\"modified\":\"2026-01-01T00:00:00Z\",\"aliases\":[\"CVE-1\"],\"summary\":\"s\","
                        + "\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H\"}],"
                        + "\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"a\"},\"versions\":[\"1\"],\"ranges\":"
                        + "[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"2.0.0\"}]}]}]}"));
        all.add(Parser.ofText(
                "CVSS",
                Cvss::score,
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
                "AV:N/AC:L/Au:N/C:P/I:P/A:C",
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H"));
        for (var scheme : Scheme.values()) {
            all.add(Parser.ofText(
                    "version, " + scheme.name().toLowerCase(Locale.ROOT),
                    text -> scheme.parse(text)
                            .ifPresent(one -> scheme.parse("1.0-rc.1").ifPresent(other -> {
                                if (Integer.signum(one.compareTo(other)) != -Integer.signum(other.compareTo(one))) {
                                    throw new IllegalStateException(text + " is of no order");
                                }
                            })),
                    "1.2.3-rc.1+build.5",
                    "1!2.0.post1.dev3+local",
                    "2:1.0~beta-1ubuntu2",
                    "1.0-SNAPSHOT"));
        }
        return all;
    }
}
