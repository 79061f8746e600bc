/** JUnit reports of several dialects, written for the tests after what the tools write. */

export const surefireReport = `<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report-3.0.xsd" version="3.0" name="shop.BasketTest" time="1,234.5" tests="6" errors="1" skipped="1" failures="1" flakes="1">
  <properties>
    <property name="java.version" value="21"/>
  </properties>
  <testcase name="adds" classname="shop.BasketTest" time="0.012"/>
  <testcase name="pays" classname="shop.BasketTest" time="0.5">
    <failure message="expected: &lt;1&gt; but was: &lt;2&gt;" type="org.opentest4j.AssertionFailedError"><![CDATA[org.opentest4j.AssertionFailedError: expected: <1> but was: <2>
	at shop.BasketTest.pays(BasketTest.java:12)
]]></failure>
    <rerunFailure message="again" type="java.lang.AssertionError" time="0.25"><stackTrace>java.lang.AssertionError: again
	at shop.BasketTest.pays(BasketTest.java:13)</stackTrace><system-out>out of the second try</system-out></rerunFailure>
    <rerunError type="java.io.IOException"><stackTrace>java.io.IOException: closed
	at shop.Pay.send(Pay.java:1)</stackTrace></rerunError>
    <system-out>paying</system-out>
    <system-err><![CDATA[oh <no>]]></system-err>
  </testcase>
  <testcase name="ships" classname="shop.BasketTest" time="1">
    <flakyFailure message="late" type="java.lang.AssertionError"><stackTrace>java.lang.AssertionError: late</stackTrace></flakyFailure>
    <flakyError type="java.lang.NullPointerException"><stackTrace>java.lang.NullPointerException</stackTrace></flakyError>
  </testcase>
  <testcase name="waits" classname="shop.BasketTest" time="0"><skipped message="not today"/></testcase>
  <testcase name="loads" classname="shop.BasketTest" time="0"><error type="java.lang.OutOfMemoryError">java.lang.OutOfMemoryError: Java heap space</error></testcase>
</testsuite>
`;

export const nestedReport = `<testsuites name="all" time="9">
  <testcase name="on top"/>
  <testsuite name="outer" file="lib/outer.test.js">
    <error message="cannot load" type="SyntaxError">SyntaxError: cannot load
    at lib/outer.test.js:1:1</error>
    <testsuite name="inner">
      <testsuite>
        <testcase classname="C" name="deep [1]" file="/home/runner/work/shop/shop/lib/deep.js" line="7"><properties><property name="owner" value="me"/><property name="note"> a text </property></properties></testcase>
        <testcase classname="C" name="deep [1]"/>
      </testsuite>
    </testsuite>
    <testcase name="after"><failure/><failure message="second"/><error message="third"/><skipped/></testcase>
  </testsuite>
</testsuites>
`;
