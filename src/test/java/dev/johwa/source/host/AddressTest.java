package dev.johwa.source.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.http.HostLookup;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "0:0:0:0:0:ffff:7f00:1"})
    void onlyOwnersLookIntoTheServerItself(String number) {
        var address = Address.parse("https://inside.example/acme/shop");
        HostLookup lookup = name -> List.of("192.0.2.1", number);
        assertThatThrownBy(() -> address.requireOutside(lookup, false)).hasMessageContaining("only the server itself");
        assertThatCode(() -> address.requireOutside(lookup, true)).doesNotThrowAnyException();
    }

    @Test
    void aHostThatIsNotThereIsTold() {
        var address = Address.parse("https://nowhere.example/acme/shop");
        assertThatThrownBy(() -> address.requireOutside(name -> List.of(), true))
                .hasMessageContaining("there is no host nowhere.example");
        assertThatCode(() -> address.requireOutside(name -> List.of("192.0.2.1"), false))
                .doesNotThrowAnyException();
    }
}
