package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.text.HostLabel;
import org.junit.jupiter.api.Test;

class HostNamesTest {
    private static String host(String project, String app, String environment) {
        return HostNames.of(new AppEnvironment(project, app, environment), "localhost");
    }

    @Test
    void namesAreAsTheInterfaceSays() {
        assertThat(host("shop", "shop", "production")).isEqualTo("shop.localhost");
        assertThat(host("shop", "api", "production")).isEqualTo("api-shop.localhost");
        assertThat(host("shop", "shop", "staging")).isEqualTo("staging--shop.localhost");
        assertThat(host("shop", "api", "feature")).isEqualTo("feature--api-shop.localhost");
    }

    @Test
    void aChangedLabelEndsInTheHashOfItsFullName() {
        // printf 'feature/X--shop' | sha256sum
        assertThat(host("shop", "shop", "feature/X")).isEqualTo("feature-x--shop-925df0.localhost");
    }

    @Test
    void aLongLabelIsCutAndStillItsOwn() {
        var one = HostLabel.of("b".repeat(70) + "1--shop");
        var other = HostLabel.of("b".repeat(70) + "2--shop");

        assertThat(one).hasSizeLessThanOrEqualTo(63).isNotEqualTo(other);
        assertThat(other).hasSizeLessThanOrEqualTo(63);
    }
}
