package dev.johwa;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.johwa.lib.event.Fact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The house and its rules (docs/adr/0001). There are no exceptions: what does not fit moves, with an ADR.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final List<String> FLOW = List.of("lib", "source", "build", "serve", "watch", "door", "main");
    /// Of the instance, so that its hundreds of megabytes go with it.
    private final JavaClasses product = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.johwa");

    @Test
    void importsPointLeft() {
        for (int i = 0; i < FLOW.size(); i++) {
            for (String later : FLOW.subList(i + 1, FLOW.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("dev.johwa." + FLOW.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.johwa." + later + "..")
                        .allowEmptyShould(true)
                        .check(product);
            }
        }
    }

    @Test
    void everyClassHasARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        FLOW.stream().map(part -> "dev.johwa." + part + "..").toArray(String[]::new))
                .check(product);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching("dev.johwa.(*).(*)..").should().beFreeOfCycles().check(product);
    }

    @Test
    void aRoomIsEnteredByItsFace() {
        classes().should(useOtherRoomsThroughTheirTopPackage()).check(product);
    }

    private static ArchCondition<JavaClass> useOtherRoomsThroughTheirTopPackage() {
        return new ArchCondition<>("use other rooms only through their top package") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    String[] room = dependency.getTargetClass().getPackageName().split("\\.");
                    boolean inside = room.length > 4 && room[0].equals("dev") && room[1].equals("johwa");
                    if (inside && !sameRoom(origin, room)) {
                        events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean sameRoom(JavaClass origin, String[] room) {
        var name = "dev.johwa." + room[2] + "." + room[3];
        return origin.getPackageName().equals(name) || origin.getPackageName().startsWith(name + ".");
    }

    @Test
    void factsAreRecords() {
        classes()
                .that()
                .implement(Fact.class)
                .should()
                .beRecords()
                .allowEmptyShould(true)
                .check(product);
    }

    /// The others could close files of anybody where too many are open.
    @Test
    void onlySpawnStartsPrograms() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.johwa.lib.process.Spawn")
                .should()
                .callMethod(ProcessBuilder.class, "start")
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Runtime.class))).and(target(name("exec"))))
                .check(product);
    }

    @Test
    void onlyLibTouchesTheMachine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.johwa.lib..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "com.sun.net.httpserver.."))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .orShould()
                .callMethod(Thread.class, "start")
                .orShould()
                .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.ServerSocket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.http.HttpClient")
                .check(product);
    }

    @Test
    void onlyGitKnowsJGit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.johwa.source.git..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jgit..")
                .check(product);
    }

    @Test
    void onlyTheClockTellsTime() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.johwa.lib.clock..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(product);
    }

    @Test
    void onlyMainReadsTheEnvironment() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.johwa.main..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(product);
    }

    @Test
    void theEdgeDependsOnLibOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.johwa.serve.router..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.johwa..")
                        .and(not(resideInAnyPackage("dev.johwa.lib..", "dev.johwa.serve.router.."))))
                .check(product);
    }

    @Test
    void remoteVerbsSeeOnlyTheirApi() {
        noClasses()
                .that()
                .resideInAPackage("dev.johwa.door.cli")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.johwa..")
                        .and(not(
                                resideInAnyPackage("dev.johwa.lib..", "dev.johwa.door.api..", "dev.johwa.door.cli.."))))
                .allowEmptyShould(true)
                .check(product);
    }

    @Test
    void noStandardStreamsOutsideCliAndMain() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.johwa.door.cli..", "dev.johwa.main..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .check(product);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Processor|Common)$")
                .orShould()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..", "..misc..")
                .check(product);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().should(beInANullMarkedPackage()).check(product);
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package with @NullMarked and a package-info") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                if (!origin.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(
                            SimpleConditionEvent.violated(origin, origin.getName() + " is in no null-marked package"));
                }
            }
        };
    }
}
