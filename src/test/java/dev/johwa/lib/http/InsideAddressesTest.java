package dev.johwa.lib.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsideAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.1.2.3",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1%lo",
                "fe80::1",
                "fec0::1",
                "fd00:ec2::254",
                "fc00::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "0:0:0:0:0:ffff:7f00:1",
                "::7f00:1",
                "::ffff:0:7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2001:0:102:304:0:0:80ff:fffe",
                "",
                "localhost",
                "2130706433x"
            })
    void whatTheWorldDoesNotReachIsInside(String number) {
        assertThat(InsideAddresses.isInside(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "93.184.216.34",
                "172.32.0.1",
                "100.128.0.1",
                "169.253.0.1",
                "168.63.129.17",
                "192.0.1.1",
                "223.255.255.255",
                "2a00:1450:4001::1",
                "::ffff:93.184.216.34",
                "64:ff9b::5db8:d822",
                "2002:5db8:d822::1",
                "2001:4860:4860::8888"
            })
    void whatTheWorldReachesIsNot(String number) {
        assertThat(InsideAddresses.isInside(number)).isFalse();
    }

    @Test
    void theMachinesOwnAddressesAreInsideWhateverTheirNumbers() {
        assertThat(OwnAddresses.all()).isNotEmpty().allMatch(InsideAddresses::isInside);
        assertThat(OwnAddresses.all()).allMatch(InsideAddresses::isThisMachine);
        assertThat(InsideAddresses.isThisMachine("192.168.250.251")).isFalse();
        assertThat(InsideAddresses.among(List.of("192.0.2.1", "10.0.0.1"))).contains("10.0.0.1");
        assertThat(InsideAddresses.among(List.of("192.0.2.1"))).isEmpty();
    }
}
