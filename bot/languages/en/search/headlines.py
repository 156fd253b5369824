"""Words that people mix up when they remember a headline: "ship", "boat"."""

from bot.languages.en.lexicon.lists import word_groups

_GROUPS = """
boss chief head leader director | cut slash reduce lower trim | row dispute clash feud spat quarrel
probe inquiry investigation investigate | blaze fire | flee escape | back support endorse favour
bid offer | deal agreement accord pact contract | talk negotiation | strike walkout stoppage
raise rise increase hike lift | fall drop plunge slump decline tumble | harm hurt injure wound
guilty convict | free release | ship vessel boat carrier bulker tanker freighter trawler
ground aground strand stick | harbour port dock quay | court trial case | leak spill
pollute contaminate poison taint | save rescue | sink founder capsize | warn alert caution
admit concede acknowledge confess | claim allege accuse | deny reject refute dismiss
hide conceal hidden secret | police cop officer | premier pm | company firm maker business
vote ballot poll election | die dead death kill fatal | delay postpone defer | ban bar prohibit
purchase buy acquire takeover | shut close closure | reopen open | resign quit depart
sack fire dismiss oust | jail prison imprison sentence | doctor surgeon medic physician
child kid pupil student | worker staff employee | protest demonstration rally march
flood flooding deluge | storm gale hurricane | crash collision accident | blast explosion bomb
attack assault raid | theft steal rob robbery | fraud scam | email mail message letter
text message | phone call ring telephone | find discover uncover reveal | study research scientist
job employment | price cost | tax levy duty | wage pay salary | profit earnings
loss deficit | debt loan | bank lender | rate interest | car vehicle | train rail railway metro
tube subway metro | bus coach | plane aircraft jet | home house housing | plan scheme proposal
approve back pass | council town city | minister secretary | mp lawmaker legislator
war conflict | truce ceasefire | troop soldier | migrant refugee | hospital clinic
vaccine jab | drug medicine | virus disease illness | win victory beat defeat | draw tie level
match game | coach manager | fan supporter | sale sell | end stop halt | start begin launch
hold keep freeze | lead head | meet meeting summit | visit trip tour | order command tell
urge press push | help aid assist | fear worry concern | anger fury outrage | big large huge
"""
CONFUSED_GROUPS = word_groups(_GROUPS)
"""Groups of words that people mix up; not all are synonyms."""
