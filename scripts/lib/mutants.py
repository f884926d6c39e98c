"""Prints the score of one of PIT's reports, and its survivors: mutants.py PART FILE."""

import collections
import sys
import xml.etree.ElementTree

part, file = sys.argv[1:]
killed = collections.Counter()
survivors = []
for mutant in xml.etree.ElementTree.parse(file).getroot():
    status = mutant.get("status")
    killed[status] += 1
    if status == "SURVIVED":
        place = f'{mutant.findtext("sourceFile")}:{mutant.findtext("lineNumber")}'
        survivors.append(f'  {place} {mutant.findtext("mutatedMethod")}: {mutant.findtext("description")}')
covered = sum(killed.values()) - killed["NO_COVERAGE"]
dead = covered - killed["SURVIVED"]
share = f"{100 * dead / covered:.0f} %" if covered else "none"
print(f'{part}: {sum(killed.values())} mutants, {covered} reached by a test, {dead} of these killed: {share}')
print("\n".join(survivors))
