"""Irregular English verbs; a stemmer handles the regular ones."""

from bot.languages.en.lexicon.lists import word_groups

_VERBS = """
arise arose arisen | awake awoke awoken | bear bore borne | beat beaten | become became
begin began begun | bend bent | bite bit bitten | bleed bled | blow blew blown
break broke broken | breed bred | bring brought | build built | burn burnt | buy bought
catch caught | choose chose chosen | cling clung | come came | creep crept | deal dealt
dig dug | draw drew drawn | drink drank drunk | drive drove driven | eat ate eaten
fall fell fallen | feed fed | feel felt | fight fought | find found | flee fled | fling flung
fly flew flown | forbid forbade forbidden | forget forgot forgotten | forgive forgave forgiven
freeze froze frozen | get got gotten | give gave given | go goes went gone
grow grew grown | hang hung | hear heard | hide hid hidden | hold held | keep kept | kneel knelt
know knew known | lead led | lean leant | leap leapt | learn learnt | leave left | lend lent
lose lost | make made | mean meant | meet met | mistake mistook mistaken
overtake overtook overtaken
pay paid | ride rode ridden | ring rang rung | rise rose risen | run ran | say said | see saw seen
seek sought | sell sold | send sent | shake shook shaken | shoot shot | show shown | shrink shrank
sing sang sung | sink sank sunk | sit sat | sleep slept | slide slid | speak spoke spoken
spend spent | spring sprang sprung | stand stood | steal stole stolen | stick stuck | strike struck
swear swore sworn | sweep swept | swim swam swum | swing swung | take took taken | teach taught
tear tore torn | tell told | think thought | throw threw thrown | undergo underwent undergone
understand understood | undertake undertook undertaken | wake woke woken | wear wore worn
weep wept | win won | withdraw withdrew withdrawn | withhold withheld | write wrote written
"""
BASE_FORMS = {form: base for base, *forms in word_groups(_VERBS) for form in forms}
"""Maps each irregular form to its verb: "thrown" to "throw"."""
