package dev.johwa.build.bill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What authors write of licences. Ids are those of the SPDX licence list that are met in packages; another is kept as
/// it was written.
final class Licences {
    private static final int LONGEST = 120;
    private static final Set<String> IDS = Set.of(
            "0BSD",
            "AFL-2.1",
            "AFL-3.0",
            "AGPL-3.0",
            "AGPL-3.0-only",
            "AGPL-3.0-or-later",
            "Apache-1.1",
            "Apache-2.0",
            "Artistic-1.0",
            "Artistic-2.0",
            "BlueOak-1.0.0",
            "BSD-1-Clause",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSD-3-Clause-Clear",
            "BSD-4-Clause",
            "BSL-1.0",
            "BUSL-1.1",
            "CC-BY-3.0",
            "CC-BY-4.0",
            "CC-BY-SA-4.0",
            "CC0-1.0",
            "CDDL-1.0",
            "CDDL-1.1",
            "CPL-1.0",
            "ECL-2.0",
            "EPL-1.0",
            "EPL-2.0",
            "EUPL-1.1",
            "EUPL-1.2",
            "GPL-2.0",
            "GPL-2.0-only",
            "GPL-2.0-or-later",
            "GPL-3.0",
            "GPL-3.0-only",
            "GPL-3.0-or-later",
            "HPND",
            "ICU",
            "ISC",
            "LGPL-2.0-or-later",
            "LGPL-2.1",
            "LGPL-2.1-only",
            "LGPL-2.1-or-later",
            "LGPL-3.0",
            "LGPL-3.0-only",
            "LGPL-3.0-or-later",
            "MIT",
            "MIT-0",
            "MPL-1.1",
            "MPL-2.0",
            "MS-PL",
            "NCSA",
            "OFL-1.1",
            "OpenSSL",
            "PostgreSQL",
            "PSF-2.0",
            "Python-2.0",
            "Ruby",
            "SSPL-1.0",
            "Unicode-3.0",
            "Unicode-DFS-2016",
            "Unlicense",
            "UPL-1.0",
            "Vim",
            "W3C",
            "WTFPL",
            "X11",
            "Zlib",
            "ZPL-2.1");
    /// Names that projects write where an id is meant, in lower case.
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("the apache software license, version 2.0", "Apache-2.0"),
            Map.entry("the apache license, version 2.0", "Apache-2.0"),
            Map.entry("apache license, version 2.0", "Apache-2.0"),
            Map.entry("apache license 2.0", "Apache-2.0"),
            Map.entry("apache software license", "Apache-2.0"),
            Map.entry("apache 2.0", "Apache-2.0"),
            Map.entry("apache-2", "Apache-2.0"),
            Map.entry("https://www.apache.org/licenses/license-2.0.txt", "Apache-2.0"),
            Map.entry("the mit license", "MIT"),
            Map.entry("mit license", "MIT"),
            Map.entry("mit license (mit)", "MIT"),
            Map.entry("bsd 3-clause", "BSD-3-Clause"),
            Map.entry("bsd-3-clause license", "BSD-3-Clause"),
            Map.entry("bsd 2-clause", "BSD-2-Clause"),
            Map.entry("isc license", "ISC"),
            Map.entry("isc license (iscl)", "ISC"),
            Map.entry("mozilla public license 2.0 (mpl 2.0)", "MPL-2.0"),
            Map.entry("eclipse public license 2.0", "EPL-2.0"),
            Map.entry("eclipse public license v2.0", "EPL-2.0"),
            Map.entry("eclipse public license - v 1.0", "EPL-1.0"),
            Map.entry("python software foundation license", "PSF-2.0"),
            Map.entry("expat", "MIT"));

    private Licences() {}

    static boolean isId(String word) {
        return IDS.contains(word);
    }

    /// Whether it is made of known ids and the words that join them.
    static boolean isExpression(String text) {
        var words = text.replaceAll("[()]", " ").strip().split("\\s+");
        return Arrays.stream(words).allMatch(word -> isId(word) || word.equals("OR") || word.equals("AND"));
    }

    /// What an author wrote, by its id where that is clear.
    static List<String> of(String written) {
        var line = written.strip().lines().findFirst().orElse("").strip();
        var known = NAMES.get(line.toLowerCase(Locale.ROOT));
        if (known != null) {
            return List.of(known);
        }
        if (line.isEmpty() || line.equalsIgnoreCase("UNKNOWN") || line.startsWith("SEE LICENSE")) {
            return List.of();
        }
        return List.of(line.length() > LONGEST ? line.substring(0, LONGEST) : line);
    }
}
