package dev.johwa.serve.data;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Asks a MariaDB as who may do everything, by its socket.
record MariaDbClient(Tools tools) {
    static final String US = "johwa";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Path socket(Site site) {
        return site.socket().resolve("s");
    }

    /// In a grant `_` stands for any letter. The name is of our own making: letters, digits and `_`.
    static String granted(String name) {
        return "`" + name.replace("_", "\\_") + "`.*";
    }

    Command asking(Site site) {
        // Rows as they are, without names of columns.
        var argv =
                List.of(site.program("mariadb"), "--no-defaults", "--socket=" + socket(site), "--user=" + US, "-BNr");
        return tools.command(argv, Map.of("MYSQL_PWD", tools.password(site)));
    }

    String sql(Site site, String text) {
        return tools.ask(asking(site), text, PATIENCE).strip();
    }

    /// Those who are in stay in, whatever becomes of their account.
    void kill(Site site, String name) {
        sql(site, "select concat('kill ', id, ';') from information_schema.processlist where user = '" + name + "'")
                .lines()
                .forEach(line -> {
                    try {
                        sql(site, line);
                    } catch (ProblemException e) {
                        // It went by itself.
                    }
                });
    }
}
