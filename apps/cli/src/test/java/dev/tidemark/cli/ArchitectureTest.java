package dev.tidemark.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.AvroGenerated;
import org.jspecify.annotations.NullMarked;

/** The ladder and the house rules that the compiler does not hold. */
@AnalyzeClasses(packages = "dev.tidemark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] APPS = {"dev.tidemark.backbone..", "dev.tidemark.cli.."};
    private static final String STREAMS = "dev.tidemark.topology..";
    private static final String CONNECTORS = "dev.tidemark.postgres..";
    private static final String ALGEBRA = "dev.tidemark.algebra..";
    private static final String WIRE = "dev.tidemark.wire";
    private static final String[] SCHEMAS = {"dev.tidemark.model", WIRE, "dev.tidemark.topic"};
    /** What puts a module together stands in the module's own package, beside the words that all of the module use. */
    private static final Set<String> WIRING = Set.of("Tidemark", "Backbone", "AdmitTopology", "MaterializeTopology");

    private static final Set<String> NOW = Set.of("now", "millis", "instant", "currentTimeMillis", "nanoTime");

    @ArchTest
    static final ArchRule everyRungUsesOnlyThoseBelow = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.tidemark..")
            .layer("apps")
            .definedBy(APPS)
            .layer("streams")
            .definedBy(STREAMS)
            .layer("connectors")
            .definedBy(CONNECTORS)
            .layer("spi")
            .definedBy("dev.tidemark.connector..")
            .layer("algebra")
            .definedBy(ALGEBRA)
            .layer("schemas")
            .definedBy(SCHEMAS)
            .whereLayer("apps")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("streams")
            .mayOnlyBeAccessedByLayers("apps")
            .whereLayer("connectors")
            .mayOnlyBeAccessedByLayers("apps")
            .whereLayer("spi")
            .mayOnlyBeAccessedByLayers("connectors")
            .whereLayer("algebra")
            .mayOnlyBeAccessedByLayers("streams", "spi", "connectors", "apps")
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().assignedFrom(new PackagesAndWiring()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule algebraIsPure = noClasses()
            .that()
            .resideInAPackage(ALGEBRA)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "org.apache.avro..",
                    "org.slf4j..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.util.concurrent..",
                    "java.util.logging..")
            .orShould()
            .dependOnClassesThat(nameMatching("java\\.io\\.(File|Input|Output|Print|Reader|Writer|RandomAccess).*"))
            .because("it is functions of their arguments: no Kafka, no logger, no I/O, no threads");

    @ArchTest
    static final ArchRule algebraHasNeitherClockNorChance = noClasses()
            .that()
            .resideInAPackage(ALGEBRA)
            .should()
            .callMethodWhere(describe("reads a clock", call -> readsAClock(call)))
            .orShould()
            .dependOnClassesThat(
                    nameMatching("java\\.(util\\.(Random|UUID|Timer).*|security\\.SecureRandom|time\\.Clock)"))
            .because("time, chance and ids are arguments");

    @ArchTest
    static final ArchRule generatedRecordsStayInTheWire = classes()
            .that()
            .areAnnotatedWith(AvroGenerated.class)
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(WIRE)
            .because("everyone else uses dev.tidemark.model");

    @ArchTest
    static final ArchRule onlyAppsRunAndReadTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackages(APPS)
            .should()
            .callMethodWhere(describe("ends the process or reads its environment", call -> isOfTheProcess(call)));

    @ArchTest
    static final ArchRule onlyAppsHaveMain = noMethods()
            .that()
            .haveName("main")
            .should()
            .beDeclaredInClassesThat()
            .resideOutsideOfPackages(APPS);

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tidemark.cli..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethodWhere(describe(
                    "sleeps", call -> isOf(call, Thread.class) && call.getName().equals("sleep")))
            .because("whoever waits, waits for something, with a bound");

    @ArchTest
    static final ArchRule nobodyPrintsStackTraces = noClasses()
            .should()
            .callMethodWhere(describe("prints a stack trace to stderr", call -> printsAStackTrace(call)));

    @ArchTest
    static final ArchRule nobodyUsesJavaLogging =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule nobodyInjectsFields = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helpers?|Impl|Manager)")
            .because("each of these words stands for any class at all");

    @ArchTest
    static final ArchRule staticStateNeverChanges = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(not(annotatedWith(AvroGenerated.class)))
            .and(not(nameMatching(".*\\$.*")))
            .should()
            .beFinal();

    @ArchTest
    static void everyPackageIsNullMarkedAndSaysWhatItIs(JavaClasses all) {
        Set<String> bare = new TreeSet<>();
        for (JavaClass each : all)
            if (!each.getPackage().tryGetAnnotationOfType(NullMarked.class).isPresent())
                bare.add(each.getPackageName());
        assertThat(bare).isEmpty();
    }

    /** Each package is a slice, and each class that puts a module together one of its own. */
    private static final class PackagesAndWiring implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass each) {
            JavaClass outermost = each;
            while (outermost.getEnclosingClass().isPresent())
                outermost = outermost.getEnclosingClass().get();
            String wiring = WIRING.contains(outermost.getSimpleName()) ? " " + outermost.getSimpleName() : "";
            return SliceIdentifier.of(each.getPackageName() + wiring);
        }

        @Override
        public String getDescription() {
            return "packages, and what puts modules together";
        }
    }

    private static boolean readsAClock(JavaCall<?> call) {
        boolean ofTime = call.getTargetOwner().getPackageName().equals("java.time") || isOf(call, System.class);
        return ofTime && NOW.contains(call.getName());
    }

    private static boolean isOfTheProcess(JavaCall<?> call) {
        if (isOf(call, Runtime.class))
            return Set.of("exit", "halt", "addShutdownHook").contains(call.getName());
        return isOf(call, System.class) && Set.of("exit", "getenv").contains(call.getName());
    }

    private static boolean printsAStackTrace(JavaCall<?> call) {
        return call.getName().equals("printStackTrace")
                && call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static boolean isOf(JavaCall<?> call, Class<?> owner) {
        return call.getTargetOwner().isEquivalentTo(owner);
    }
}
