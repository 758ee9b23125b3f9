package dev.johwa.source.detect.other;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which project of a solution of .NET is deployed, and how.
class DotNetTest {
    private static final String WEB = "<Project Sdk=\"Microsoft.NET.Sdk.Web\"></Project>";
    private static final String PAGES = "<Project Sdk=\"Microsoft.NET.Sdk.BlazorWebAssembly\"></Project>";

    @TempDir
    Path place;

    private Detection of(String... files) {
        return new Sample(place, files).detect();
    }

    @Test
    void whatRunsInBrowsersIsServedAsFiles() {
        var found = of("Pages.csproj", PAGES);

        assertThat(found.service()).isEqualTo(Service.STATIC);
        assertThat(found.publish()).contains(new Publish("out/wwwroot", true));
        assertThat(found.start()).isEmpty();
        assertThat(Sample.words(found.build())).isEqualTo("dotnet publish Pages.csproj -c Release -o out");
    }

    @ParameterizedTest
    @CsvSource({"Microsoft.NET.Sdk.Web", "Microsoft.NET.Sdk.Worker", "Microsoft.NET.Sdk.BlazorWebAssembly"})
    void whatIsNotDeployedIsNamed(String kind) {
        var found = of(
                "Shop.sln",
                "",
                "src/Shop.Api/Shop.Api.csproj",
                WEB,
                "src/Shop.Web/Shop.Web.csproj",
                "<Project Sdk=\"" + kind + "\"></Project>");

        assertThat(Sample.words(found.build())).contains("src/Shop.Api/Shop.Api.csproj");
        assertThat(found.warnings())
                .filteredOn(warning -> warning.code().equals("detect.several-programs"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.message())
                            .isEqualTo("there are several programs: src/Shop.Api/Shop.Api.csproj,"
                                    + " src/Shop.Web/Shop.Web.csproj; src/Shop.Api/Shop.Api.csproj is started");
                    assertThat(warning.hint())
                            .contains("apps: {shop-api: {folder: src/Shop.Api}, shop-web: {folder: src/Shop.Web}}");
                });
    }

    @Test
    void pagesThatTheServerBringsAlongAreNoProgramBesideIt() {
        var found = of(
                "Shop.sln",
                "",
                "Client/Client.csproj",
                PAGES,
                "Server/Server.csproj",
                "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><ProjectReference Include=\"..\\Client\\Client.csproj\" /></Project>");

        assertThat(Sample.words(found.build())).contains("Server/Server.csproj");
        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(Sample.warnings(found)).doesNotContain("detect.several-programs");
    }

    @Test
    void aToolBesideAServerIsNotTold() {
        var found = of(
                "Shop.sln",
                "",
                "Web/Web.csproj",
                WEB,
                "Tool/Tool.csproj",
                "<Project Sdk=\"Microsoft.NET.Sdk\"><OutputType>Exe</OutputType></Project>");

        assertThat(Sample.warnings(found)).doesNotContain("detect.several-programs");
    }
}
