package dev.johwa.build.cause;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A library of the system that is not there: which of Debian's packages has it.
final class MissingLibrary {
    private static final String CODE = "library.missing";
    private static final String TABLE = """
                Python.h python3-dev
                libpq-fe.h libpq-dev
                postgres libpq-dev
                libpq.so libpq5
                libpq libpq-dev
                ffi.h libffi-dev
                libffi libffi-dev
                openssl/ libssl-dev
                openssl libssl-dev
                libssl.so libssl3
                libcrypto.so libssl3
                libssl libssl-dev
                libxml/ libxml2-dev
                libxml-2.0 libxml2-dev
                libxml2 libxml2-dev
                libxslt libxslt1-dev
                jpeglib.h libjpeg-dev
                jpeg libjpeg-dev
                libjpeg libjpeg-dev
                png.h libpng-dev
                libpng libpng-dev
                zlib.h zlib1g-dev
                zlib zlib1g-dev
                mysql default-libmysqlclient-dev
                libmysqlclient default-libmysqlclient-dev
                sqlite3.h libsqlite3-dev
                sqlite3 libsqlite3-dev
                curl/ libcurl4-openssl-dev
                libcurl libcurl4-openssl-dev
                yaml.h libyaml-dev
                ldap.h libldap-dev
                lber.h libldap-dev
                sasl/ libsasl2-dev
                cairo libcairo2-dev
                libcairo.so libcairo2
                pango libpango1.0-dev
                libpango libpango-1.0-0
                libgobject libglib2.0-0
                glib-2.0 libglib2.0-dev
                ft2build.h libfreetype-dev
                freetype libfreetype-dev
                webp libwebp-dev
                libGL.so libgl1
                libnss3 libnss3
                libatk libatk1.0-0
                libgbm libgbm1
                libasound libasound2
                alsa libasound2-dev
                vips libvips-dev
                libvips libvips42
                magick libmagickwand-dev
                MagickWand libmagickwand-dev
                gmp.h libgmp-dev
                ncurses libncurses-dev
                readline/ libreadline-dev
                libudev libudev-dev
                dbus-1 libdbus-1-dev
                uuid/ uuid-dev
                boost/ libboost-dev
                lzma.h liblzma-dev
                bzlib.h libbz2-dev
                rdkafka librdkafka-dev
                geos_c.h libgeos-dev
                gdal libgdal-dev
                xmlsec libxmlsec1-dev
                unicode/ libicu-dev
                """;
    private static final Pattern HEADER =
            Pattern.compile("fatal error: '?([\\w./+-]+\\.h(?:pp)?)'?(?: file not found|: No such file)");
    private static final Pattern SHARED = Pattern.compile(
            "(?:error while loading shared libraries: |ImportError: |OSError: |cannot load library '?|LoadError.*|Error: )"
                    + "(lib[\\w.+-]+\\.so[.\\d]*)(?::|'| )");
    private static final Pattern LINKED = Pattern.compile("(?:cannot find -l|library not found for -l)([\\w+-]+)");
    private static final Pattern CONFIGURED = Pattern.compile(
            "(?:Package '?([\\w.+-]+)'?,? (?:was not found in the pkg-config search path|required by .* not found|not found)"
                    + "|No package '([\\w.+-]+)' found|The system library `([\\w.+-]+)` required by crate)");
    private static final Pattern PILLOW = Pattern.compile("headers or library files could not be found for (\\w+)");

    /// Words of tools that name no file, and the package that they want.
    private static final Map<Pattern, String> WORDS = words();
    /// Beginnings of the names of headers, shared libraries and pkg-config files.
    private static final Map<String, String> PACKAGES = packages();

    private MissingLibrary() {}

    static Optional<Cause> in(Said said) {
        for (var line : said.lines()) {
            for (var words : WORDS.entrySet()) {
                if (words.getKey().matcher(line).find()) {
                    return Optional.of(missing("a library of the system is missing", words.getValue()));
                }
            }
            var named = named(line);
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    private static Optional<Cause> named(String line) {
        var header = HEADER.matcher(line);
        if (header.find()) {
            return known("header " + header.group(1), header.group(1));
        }
        var shared = SHARED.matcher(line);
        if (shared.find() && (line.contains("cannot open shared object") || line.contains("cannot load library"))) {
            return known("library " + shared.group(1), shared.group(1));
        }
        var linked = LINKED.matcher(line);
        if (linked.find()) {
            return known("library lib" + linked.group(1), "lib" + linked.group(1));
        }
        var configured = CONFIGURED.matcher(line);
        if (configured.find()) {
            var name = configured.group(1) != null
                    ? configured.group(1)
                    : configured.group(2) != null ? configured.group(2) : configured.group(3);
            return known("library " + name, name);
        }
        var pillow = PILLOW.matcher(line);
        return pillow.find() ? known("library " + pillow.group(1), pillow.group(1)) : Optional.empty();
    }

    /// Only what the table knows; another header may well be the project's own.
    private static Optional<Cause> known(String name, String file) {
        return PACKAGES.entrySet().stream()
                .filter(entry -> file.startsWith(entry.getKey()))
                .findFirst()
                .map(entry -> missing("the " + name + " is not on this machine", entry.getValue()));
    }

    private static Cause missing(String what, String packages) {
        return new Cause(CODE, what, "on the server: apt-get install " + packages + "; then push again");
    }

    private static Map<Pattern, String> words() {
        var words = new LinkedHashMap<Pattern, String>();
        words.put(
                Pattern.compile("pg_config executable not found|Can't find the 'libpq-fe.h|pg_config is required"),
                "libpq-dev");
        words.put(
                Pattern.compile("mysql_config: (?:command )?not found|Can not find valid pkg-config name"),
                "default-libmysqlclient-dev pkg-config");
        words.put(
                Pattern.compile("make sure the libxml2 and libxslt development packages are installed"),
                "libxml2-dev libxslt1-dev");
        words.put(
                Pattern.compile(
                        "Could not find directory of OpenSSL installation|Could not find openssl via pkg-config"),
                "libssl-dev pkg-config");
        words.put(
                Pattern.compile(
                        "(?:Failed to execute|Could not run) .*pkg-config.*No such file|pkg-config: (?:command )?not found"
                                + "|The pkg-config command could not be found"),
                "pkg-config");
        return words;
    }

    private static Map<String, String> packages() {
        var packages = new LinkedHashMap<String, String>();
        TABLE.lines().map(line -> line.split(" ")).forEach(row -> packages.put(row[0], row[1]));
        return packages;
    }
}
