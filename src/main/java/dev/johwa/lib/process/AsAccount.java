package dev.johwa.lib.process;

import java.util.List;

/// Runs a program as another unix account, by setpriv of util-linux. Only root may.
public final class AsAccount {
    private AsAccount() {}

    /// Words before the program: it has that user and group, no other groups, no capabilities, and gets none later.
    public static List<String> prefix(int account) {
        var number = String.valueOf(account);
        return List.of(
                "/usr/bin/setpriv",
                "--reuid",
                number,
                "--regid",
                number,
                "--clear-groups",
                "--inh-caps=-all",
                "--no-new-privs",
                "--");
    }
}
