package dev.johwa.serve.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    @TempDir
    Path folder;

    @Test
    void everyAppAndEnvironmentHasAnAccountOfItsOwnThatStays() {
        var accounts = new Accounts(folder);
        var seen = new HashSet<Integer>();
        for (int app = 0; app < 200; app++) {
            int account = accounts.of("app" + app, "production");
            assertThat(account).isBetween(310_000, 359_999);
            assertThat(seen.add(account)).isTrue();
            assertThat(accounts.of("app" + app, "production")).isEqualTo(account);
        }
        assertThat(seen.add(accounts.of("app1", "feature"))).isTrue();
        assertThat(new Accounts(folder).of("app1", "production")).isEqualTo(accounts.of("app1", "production"));
    }

    @Test
    void anAccountAsWhichSomebodyRunsIsNotTaken() throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/setpriv"))
                || !System.getProperty("user.name").equals("root")) {
            return;
        }
        int first = new Accounts(folder).of("probe", "production");
        forget(first);
        var account = String.valueOf(first);
        var other = new ProcessBuilder("/usr/bin/setpriv", "--reuid", account, "--clear-groups", "/bin/cat").start();
        try {
            dev.johwa.Wait.eventually(() -> isOwner(other.pid(), first));
            assertThat(new Accounts(folder).of("shop", "production")).isNotEqualTo(first);
        } finally {
            other.destroyForcibly();
        }
    }

    private void forget(int account) throws IOException {
        Files.delete(folder.resolve(String.valueOf(account)));
    }

    private static boolean isOwner(long pid, int account) {
        try {
            return Files.getAttribute(Path.of("/proc/" + pid), "unix:uid").equals(account);
        } catch (IOException e) {
            return false;
        }
    }
}
