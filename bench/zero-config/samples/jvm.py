"""Java and Kotlin: Maven's projects as their first pages show them; Gradle's need a Gradle that can be had."""
import shutil
from sample import Sample, run, write

SPRING = "4.0.7"
QUARKUS = "3.33.2"
MICRONAUT = "4.10.8"
JAVALIN = "7.2.3"
KTOR = "3.5.2"
KOTLIN = "2.4.21"
JUNIT = "6.1.3"
FUNCTIONS = "2.0.0"
FUNCTIONS_PLUGIN = "1.0.0"


def pom(body, parent="", packaging="jar", group="com.example", artifact="demo"):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 https://maven.apache.org/xsd/maven-4.0.0.xsd">
  <modelVersion>4.0.0</modelVersion>
{parent}  <groupId>{group}</groupId>
  <artifactId>{artifact}</artifactId>
  <version>1.0-SNAPSHOT</version>
  <packaging>{packaging}</packaging>
{body}</project>
"""


def parent(group, artifact, version):
    return f"  <parent>\n    <groupId>{group}</groupId>\n    <artifactId>{artifact}</artifactId>\n    <version>{version}</version>\n    <relativePath/>\n  </parent>\n"


def dependency(group, artifact, version="", scope=""):
    return (f"    <dependency>\n      <groupId>{group}</groupId>\n      <artifactId>{artifact}</artifactId>\n"
            + (f"      <version>{version}</version>\n" if version else "") + (f"      <scope>{scope}</scope>\n" if scope else "") + "    </dependency>\n")


def dependencies(*each):
    return "  <dependencies>\n" + "".join(each) + "  </dependencies>\n"


def plugin(group, artifact, version="", more=""):
    return (f"      <plugin>\n        <groupId>{group}</groupId>\n        <artifactId>{artifact}</artifactId>\n"
            + (f"        <version>{version}</version>\n" if version else "") + more + "      </plugin>\n")


def plugins(*each):
    return "  <build>\n    <plugins>\n" + "".join(each) + "    </plugins>\n  </build>\n"


def properties(**values):
    return "  <properties>\n" + "".join(f"    <{name.replace('_', '.')}>{value}</{name.replace('_', '.')}>\n" for name, value in values.items()) + "  </properties>\n"


def maven_quickstart(folder):
    run(folder, "mvn", "-B", "-q", "archetype:generate", "-DarchetypeGroupId=org.apache.maven.archetypes", "-DarchetypeArtifactId=maven-archetype-quickstart",
        "-DarchetypeVersion=1.5", "-DgroupId=com.example", "-DartifactId=made", "-DinteractiveMode=false")
    for each in list((folder / "made").iterdir()):
        shutil.move(each, folder / each.name)
    (folder / "made").rmdir()
    write(folder, **{"src/main/java/com/example/App.java": """package com.example;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

public class App {
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", exchange -> {
            byte[] body = "Hello World!".getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
"""})


SPRING_SOURCES = {
    "src/main/java/com/example/demo/DemoApplication.java": """package com.example.demo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class DemoApplication {
    public static void main(String[] args) {
        SpringApplication.run(DemoApplication.class, args);
    }

    @GetMapping("/")
    public String hello(@RequestParam(value = "name", defaultValue = "World") String name) {
        return String.format("Hello %s from Spring!", name);
    }
}
""",
    "src/main/resources/application.properties": "spring.application.name=demo\n",
    "src/test/java/com/example/demo/DemoApplicationTests.java": """package com.example.demo;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class DemoApplicationTests {
    @Test
    void contextLoads() {}
}
""",
}


def spring_boot(folder):
    starter = "org.springframework.boot"
    write(folder, **SPRING_SOURCES, **{"pom.xml": pom(
        properties(java_version=17)
        + dependencies(dependency(starter, "spring-boot-starter-webmvc"), dependency(starter, "spring-boot-starter-test", scope="test"))
        + plugins(plugin(starter, "spring-boot-maven-plugin")),
        parent(starter, "spring-boot-starter-parent", SPRING))})


def spring_gradle(folder):
    write(folder, **SPRING_SOURCES, **{
        "settings.gradle.kts": 'rootProject.name = "demo"\n',
        "build.gradle.kts": f"""plugins {{
    java
    id("org.springframework.boot") version "{SPRING}"
    id("io.spring.dependency-management") version "1.1.7"
}}

group = "com.example"
version = "0.0.1-SNAPSHOT"

java {{
    toolchain {{
        languageVersion = JavaLanguageVersion.of(17)
    }}
}}

repositories {{
    mavenCentral()
}}

dependencies {{
    implementation("org.springframework.boot:spring-boot-starter-webmvc")
    testImplementation("org.springframework.boot:spring-boot-starter-test")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}}

tasks.withType<Test> {{
    useJUnitPlatform()
}}
"""})


def quarkus(folder):
    write(folder, **{
        "pom.xml": pom(
            properties(maven_compiler_release=17)
            + f"""  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>io.quarkus</groupId>
        <artifactId>quarkus-bom</artifactId>
        <version>{QUARKUS}</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
"""
            + dependencies(dependency("io.quarkus", "quarkus-rest"), dependency("io.quarkus", "quarkus-arc"), dependency("io.quarkus", "quarkus-junit5", scope="test"),
                           dependency("io.rest-assured", "rest-assured", scope="test"))
            + plugins(plugin("io.quarkus", "quarkus-maven-plugin", QUARKUS, """        <extensions>true</extensions>
        <executions>
          <execution>
            <goals>
              <goal>build</goal>
              <goal>generate-code</goal>
              <goal>generate-code-tests</goal>
            </goals>
          </execution>
        </executions>
"""), plugin("org.apache.maven.plugins", "maven-compiler-plugin", "3.14.1"), plugin("org.apache.maven.plugins", "maven-surefire-plugin", "3.5.4", """        <configuration>
          <systemPropertyVariables>
            <java.util.logging.manager>org.jboss.logmanager.LogManager</java.util.logging.manager>
          </systemPropertyVariables>
        </configuration>
"""))),
        "src/main/java/org/acme/GreetingResource.java": """package org.acme;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/hello")
public class GreetingResource {
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String hello() {
        return "Hello from Quarkus REST";
    }
}
""",
        "src/main/resources/application.properties": "",
        "src/test/java/org/acme/GreetingResourceTest.java": """package org.acme;

import static io.restassured.RestAssured.given;
import static org.hamcrest.CoreMatchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GreetingResourceTest {
    @Test
    void testHelloEndpoint() {
        given().when().get("/hello").then().statusCode(200).body(startsWith("Hello from"));
    }
}
"""})


def micronaut(folder):
    group = "io.micronaut"
    write(folder, **{
        "pom.xml": pom(
            "  <properties>\n    <packaging>jar</packaging>\n    <jdk.version>17</jdk.version>\n    <release.version>17</release.version>\n"
            f"    <micronaut.version>{MICRONAUT}</micronaut.version>\n    <micronaut.runtime>netty</micronaut.runtime>\n    <exec.mainClass>com.example.Application</exec.mainClass>\n  </properties>\n"
            + dependencies(dependency(group, "micronaut-http-server-netty", scope="compile"), dependency("io.micronaut.serde", "micronaut-serde-jackson", scope="compile"),
                           dependency("ch.qos.logback", "logback-classic", scope="runtime"), dependency(group, "micronaut-http-client", scope="test"),
                           dependency("io.micronaut.test", "micronaut-test-junit5", scope="test"), dependency("org.junit.jupiter", "junit-jupiter-api", scope="test"),
                           dependency("org.junit.jupiter", "junit-jupiter-engine", scope="test"))
            + plugins(plugin("io.micronaut.maven", "micronaut-maven-plugin"), plugin("org.apache.maven.plugins", "maven-compiler-plugin", more="""        <configuration>
          <annotationProcessorPaths combine.children="append">
            <path>
              <groupId>io.micronaut</groupId>
              <artifactId>micronaut-http-validation</artifactId>
              <version>${micronaut.core.version}</version>
            </path>
            <path>
              <groupId>io.micronaut.serde</groupId>
              <artifactId>micronaut-serde-processor</artifactId>
              <version>${micronaut.serialization.version}</version>
            </path>
          </annotationProcessorPaths>
        </configuration>
""")),
            parent("io.micronaut.platform", "micronaut-parent", MICRONAUT), packaging="${packaging}"),
        "src/main/java/com/example/Application.java": """package com.example;

import io.micronaut.runtime.Micronaut;

public class Application {
    public static void main(String[] args) {
        Micronaut.run(Application.class, args);
    }
}
""",
        "src/main/java/com/example/HelloController.java": """package com.example;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

@Controller("/hello")
public class HelloController {
    @Get
    @Produces(MediaType.TEXT_PLAIN)
    public String index() {
        return "Hello from Micronaut";
    }
}
""",
        "src/main/resources/application.properties": "micronaut.application.name=demo\n",
        "src/test/java/com/example/DemoTest.java": """package com.example;

import io.micronaut.runtime.EmbeddedApplication;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

@MicronautTest
class DemoTest {
    @Inject
    EmbeddedApplication<?> application;

    @Test
    void testItWorks() {
        Assertions.assertTrue(application.isRunning());
    }
}
"""})


def javalin_modules(folder):
    inside = "  <parent>\n    <groupId>com.example</groupId>\n    <artifactId>shop</artifactId>\n    <version>1.0-SNAPSHOT</version>\n  </parent>\n"
    module = lambda artifact, body: pom(body, inside, artifact=artifact).replace("  <groupId>com.example</groupId>\n  <artifactId>" + artifact, "  <artifactId>" + artifact) \
        .replace("  <version>1.0-SNAPSHOT</version>\n  <packaging>jar", "  <packaging>jar")
    test = dependency("org.junit.jupiter", "junit-jupiter", JUNIT, "test")
    write(folder, **{
        "pom.xml": pom("  <modules>\n    <module>greetings</module>\n    <module>web</module>\n  </modules>\n"
                       + "  <properties>\n    <maven.compiler.release>17</maven.compiler.release>\n    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>\n  </properties>\n"
                       + "  <build>\n    <pluginManagement>\n      <plugins>\n" + plugin("org.apache.maven.plugins", "maven-surefire-plugin", "3.5.4")
                       + "      </plugins>\n    </pluginManagement>\n  </build>\n", packaging="pom", artifact="shop"),
        "greetings/pom.xml": module("greetings", dependencies(test)),
        "greetings/src/main/java/com/example/greetings/Greeting.java": """package com.example.greetings;

public record Greeting(String name) {
    public String text() {
        return "Hello " + name;
    }
}
""",
        "greetings/src/test/java/com/example/greetings/GreetingTest.java": """package com.example.greetings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GreetingTest {
    @Test
    void greetsByName() {
        assertEquals("Hello you", new Greeting("you").text());
    }
}
""",
        "web/pom.xml": module("web", dependencies(dependency("com.example", "greetings", "${project.version}"), dependency("io.javalin", "javalin", JAVALIN),
                                                  dependency("org.slf4j", "slf4j-simple", "2.0.17"), test)),
        "web/src/main/java/com/example/web/WebServer.java": """package com.example.web;

import com.example.greetings.Greeting;
import io.javalin.Javalin;

public class WebServer {
    public static void main(String[] args) {
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "7070"));
        Javalin.create(config -> config.routes.get("/", context -> context.result(new Greeting("modules").text()))).start(port);
    }
}
""",
        "web/src/test/java/com/example/web/WebServerTest.java": """package com.example.web;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Test;

class WebServerTest {
    @Test
    void isThere() {
        assertNotNull(new WebServer());
    }
}
"""})


def ktor(folder):
    write(folder, **{
        "settings.gradle.kts": 'rootProject.name = "ktor-sample"\n',
        "gradle.properties": "kotlin.code.style=official\n",
        "build.gradle.kts": f"""plugins {{
    kotlin("jvm") version "{KOTLIN}"
    id("io.ktor.plugin") version "{KTOR}"
}}

group = "com.example"
version = "0.0.1"

application {{
    mainClass = "io.ktor.server.netty.EngineMain"
}}

repositories {{
    mavenCentral()
}}

dependencies {{
    implementation("io.ktor:ktor-server-core")
    implementation("io.ktor:ktor-server-netty")
    implementation("io.ktor:ktor-server-config-yaml")
    implementation("ch.qos.logback:logback-classic:1.5.18")
    testImplementation("io.ktor:ktor-server-test-host")
    testImplementation(kotlin("test"))
}}
""",
        "src/main/resources/application.yaml": 'ktor:\n  application:\n    modules:\n      - com.example.ApplicationKt.module\n  deployment:\n    port: "$PORT:8080"\n',
        "src/main/kotlin/Application.kt": """package com.example

import io.ktor.server.application.*
import io.ktor.server.response.*
import io.ktor.server.routing.*

fun main(args: Array<String>) {
    io.ktor.server.netty.EngineMain.main(args)
}

fun Application.module() {
    routing {
        get("/") {
            call.respondText("Hello from Ktor")
        }
    }
}
""",
        "src/test/kotlin/ApplicationTest.kt": """package com.example

import io.ktor.client.request.*
import io.ktor.http.*
import io.ktor.server.testing.*
import kotlin.test.Test
import kotlin.test.assertEquals

class ApplicationTest {
    @Test
    fun testRoot() = testApplication {
        application {
            module()
        }
        assertEquals(HttpStatusCode.OK, client.get("/").status)
    }
}
"""})


def function(folder):
    """A class that the functions framework calls, as its first page shows it, with a test of JUnit."""
    group = "com.google.cloud.functions"
    write(folder, **{
        "pom.xml": pom(
            properties(maven_compiler_release=17)
            + dependencies(dependency(group, "functions-framework-api", FUNCTIONS, "provided"), dependency("org.junit.jupiter", "junit-jupiter", JUNIT, "test"))
            + plugins(plugin(group, "function-maven-plugin", FUNCTIONS_PLUGIN, """        <configuration>
          <functionTarget>functions.HelloWorld</functionTarget>
        </configuration>
"""), plugin("org.apache.maven.plugins", "maven-compiler-plugin", "3.14.1"), plugin("org.apache.maven.plugins", "maven-surefire-plugin", "3.5.4"))),
        "src/main/java/functions/HelloWorld.java": """package functions;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

public class HelloWorld implements HttpFunction {
    static String greeting() {
        return "Hello from a function";
    }

    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        response.getWriter().write(greeting());
    }
}
""",
        "src/test/java/functions/HelloWorldTest.java": """package functions;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HelloWorldTest {
    @Test
    void greets() {
        assertTrue(HelloWorld.greeting().endsWith("function"));
    }
}
"""})


GRADLE_SOURCES = {
    "settings.gradle": "rootProject.name = 'demo'\n",
    "src/main/java/demo/App.java": """package demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

public class App {
    static String greeting() {
        return "Hello from Gradle";
    }

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", exchange -> {
            byte[] body = greeting().getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
""",
    "src/test/java/demo/AppTest.java": """package demo;

import static org.junit.Assert.assertTrue;

import org.junit.Test;

public class AppTest {
    @Test
    public void greets() {
        assertTrue(App.greeting().endsWith("Gradle"));
    }
}
"""}


def gradle_application(folder):
    """`java` and `application` as every Gradle since 4 reads them; Debian's is one."""
    write(folder, **GRADLE_SOURCES, **{"build.gradle": """plugins {
    id 'java'
    id 'application'
}

mainClassName = 'demo.App'
sourceCompatibility = 17

repositories {
    mavenCentral()
}

dependencies {
    testCompile 'junit:junit:4.13.2'
}
"""})


def gradle_wrapper(folder):
    """The same with a wrapper whose distribution cannot be had: its jar is one that ends as the real one ends then."""
    gradle_application(folder)
    main = folder / "made"
    write(main, **{"org/gradle/wrapper/GradleWrapperMain.java": """package org.gradle.wrapper;

public class GradleWrapperMain {
    public static void main(String[] args) throws Exception {
        throw new java.net.UnknownHostException("services.gradle.org");
    }
}
"""})
    run(main, "javac", "--release", "17", "org/gradle/wrapper/GradleWrapperMain.java")
    jar = folder / "gradle/wrapper/gradle-wrapper.jar"
    jar.parent.mkdir(parents=True)
    run(main, "jar", "--create", "--file", jar, "-C", main, "org/gradle/wrapper/GradleWrapperMain.class")
    shutil.rmtree(main)
    write(folder, **{"gradle/wrapper/gradle-wrapper.properties": "distributionUrl=https\\://services.gradle.org/distributions/gradle-8.14.3-bin.zip\n",
                     "gradlew": "#!/bin/sh\nexec java -classpath gradle/wrapper/gradle-wrapper.jar org.gradle.wrapper.GradleWrapperMain \"$@\"\n"})
    (folder / "gradlew").chmod(0o755)


SPRING_CHANGE = ("src/main/java/com/example/demo/DemoApplication.java", "Hello %s from", "Changed %s of")
GRADLE_CHANGE = ("src/main/java/demo/App.java", "Hello from", "Hi from")
SAMPLES = [
    Sample("maven-quickstart", maven_quickstart, "Hello World!", ("src/main/java/com/example/App.java", "Hello World!", "Changed World!"), "Changed World!", tests=1),
    Sample("spring-boot", spring_boot, "Hello World from Spring!", SPRING_CHANGE, "Changed World of Spring!", tests=1),
    Sample("spring-gradle", spring_gradle, "Hello World from Spring!", SPRING_CHANGE, "Changed World of Spring!", tests=1),
    Sample("quarkus", quarkus, "Hello from Quarkus REST", ("src/main/java/org/acme/GreetingResource.java", "Quarkus REST", "changed REST"), "Hello from changed REST", tests=1, path="/hello"),
    Sample("micronaut", micronaut, "Hello from Micronaut", ("src/main/java/com/example/HelloController.java", "Hello from", "Changed in"), "Changed in Micronaut", tests=1, path="/hello"),
    Sample("javalin-modules", javalin_modules, "Hello modules", ("web/src/main/java/com/example/web/WebServer.java", '"modules"', '"changes"'), "Hello changes", tests=2),
    Sample("ktor", ktor, "Hello from Ktor", ("src/main/kotlin/Application.kt", "Hello from", "Changed in"), "Changed in Ktor", tests=1),
    Sample("java-function", function, "Hello from a function", ("src/main/java/functions/HelloWorld.java", "Hello from", "Hi from"), "Hi from a function", tests=1),
    Sample("gradle-application", gradle_application, "Hello from Gradle", GRADLE_CHANGE, "Hi from Gradle", tests=1),
    Sample("gradle-wrapper", gradle_wrapper, "Hello from Gradle", GRADLE_CHANGE, "Hi from Gradle", tests=1),
]
