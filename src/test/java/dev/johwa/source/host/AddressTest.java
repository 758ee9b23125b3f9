package dev.johwa.source.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/shop, https://github.com/acme/shop, acme/shop, shop",
        "https://github.com/acme/Shop.git, https://github.com/acme/Shop.git, acme/Shop, shop",
        "https://github.com/acme/shop/tree/main/src, https://github.com/acme/shop, acme/shop, shop",
        "github.com/acme/shop, https://github.com/acme/shop, acme/shop, shop",
        "git@github.com:acme/shop.git, ssh://git@github.com/acme/shop.git, acme/shop, shop",
        "ssh://git@host.example:2222/a/b/c_d, ssh://git@host.example:2222/a/b/c_d, a/b/c_d, c-d",
        "http://127.0.0.1:3000/acme/shop/, http://127.0.0.1:3000/acme/shop, acme/shop, shop",
        "https://gitlab.com/group/sub/shop, https://gitlab.com/group/sub/shop, group/sub/shop, shop",
    })
    void addressesAreReadAsPeopleCopyThem(String written, String url, String repository, String name) {
        var address = Address.parse(written);
        assertThat(address.url()).isEqualTo(url);
        assertThat(address.repository()).isEqualTo(repository);
        assertThat(address.name()).isEqualTo(name);
        assertThat(Address.parse(url)).as("what is kept is read again").isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "/etc/passwd",
                "file:///etc",
                "ext::sh -c id",
                "--upload-pack=id",
                "-oProxyCommand=id@host:a",
                "https://github.com",
                "https://host/../x",
                "ssh://git@host/-x",
                "https://host/a b",
                "https://host/a;id",
                "ftp://host/a",
                "git@host:",
                "\u0000"
            })
    void whatGitWouldTakeForAnythingElseIsNone(String written) {
        assertThatThrownBy(() -> Address.parse(written)).hasMessageContaining("is no address of a repository");
    }

    @Test
    void theNextStepIsTold() {
        assertThatThrownBy(() -> Address.parse("acme/shop"))
                .satisfies(e -> assertThat(((dev.johwa.lib.problem.ProblemException) e)
                                .problem()
                                .hint())
                        .contains("https://github.com/acme/shop"));
        assertThatThrownBy(() -> Address.parse("https://me:secret@github.com/acme/shop"))
                .hasMessageContaining("carries no credentials")
                .hasMessageNotContaining("secret");
    }

    @Test
    void thePortAndTheNameOfKeysAreThoseThatAreUsed() {
        assertThat(Address.parse("https://host.example/a/b").usedPort()).isEqualTo(443);
        assertThat(Address.parse("http://host.example:3000/a/b").usedPort()).isEqualTo(3000);
        assertThat(Address.parse("git@host.example:a/b").knownAs()).isEqualTo("host.example");
        assertThat(Address.parse("ssh://git@host.example:2222/a/b").knownAs()).isEqualTo("[host.example]:2222");
    }
}
