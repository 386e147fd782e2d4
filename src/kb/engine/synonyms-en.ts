/** Everyday English words for one thing; groups end with a semicolon. General usage, not from any corpus. */
export const englishSynonyms = `
buy purchase; delete remove erase; cancel void; car vehicle auto automobile; phone mobile cell cellphone smartphone;
computer pc laptop; password passcode; price cost fee charge rate; money cash funds; send transfer wire; receive get;
problem issue error trouble fault; fix repair solve resolve; change modify update edit alter adjust; help assist support aid; job work employment;
company business firm; shop store outlet; refund reimburse reimbursement; email mail; photo picture image; start begin commence;
finish end stop; show display view; find locate search look; talk speak chat converse; human agent representative operator; meeting appointment conference;
create make generate build; add include append; disable deactivate; enable activate; pretty beautiful lovely; angry upset mad annoyed;
happy glad pleased; stupid dumb idiot; smart clever intelligent; old elderly; fast quick rapid speedy; boring dull; like enjoy;
understand comprehend; lost missing misplaced lose misplace; stolen theft robbed steal; block freeze frozen; broken damaged defective; big large huge;
small little tiny; near close nearby; wrong incorrect mistaken; right correct; expire expiry expiration; delivery shipping shipment deliver ship;
reject decline deny refuse; accept approve; verify confirm validate verification confirmation; identity identification id; allow permit; need require requirement;
explain clarify explanation; tell inform; want wish; reminder remind; alarm alert notification notify; wake awake; sleep rest; eat dine; food meal dish; drink beverage;
restaurant diner cafe; doctor physician; hospital clinic; sick ill; medicine medication drug; flight plane airplane; hotel motel accommodation lodging;
reserve book reservation booking; ticket pass; luggage baggage suitcase; travel trip journey vacation; drive driving; gas fuel petrol gasoline; street road avenue;
far distant; weather forecast; rain rainy raining; cold chilly; hot warm; music song track tune; movie film; television tv; game match; news headline;
listen hear; say mention; ask question query inquiry; answer reply respond response; list; note memo; task todo chore; calendar schedule agenda; date day;
postpone delay; repeat again; pause halt; continue resume; increase raise; decrease lower reduce; open; shut close; free complimentary gratis; expensive costly pricey; cheap inexpensive affordable;
discount offer deal promotion coupon promo; invoice receipt; bill statement; account profile; register signup enroll; login signin; quit exit leave; download; upload; install setup;
screen monitor; internet wifi network connection; package parcel; courier carrier; warranty guarantee; size dimension; clothes clothing garment; shoe footwear; gift present;
bank; atm cashpoint; balance; loan credit lend; debt owe; tax; insurance policy; salary wage pay paycheck income; boss manager supervisor; coworker colleague; friend buddy pal; spouse husband wife partner;
kid child children; dad father; mom mother; name called; born birthday birth; live reside; robot bot machine ai; hate dislike; love adore; marry marriage wedding;
thanks appreciate grateful; sorry apologize apology; goodbye bye farewell; hello hi greeting hey; joke funny hilarious; good great excellent awesome fantastic wonderful; bad terrible awful horrible;
true truth; lie false; easy simple; hard difficult; sure certain; crazy insane; improve better; opinion think thought believe; know aware; limit maximum cap; minimum least; time hour; wait waiting; late overdue;
long duration; country nation; abroad overseas international foreign; exchange convert conversion; currency; deposit; withdraw withdrawal; spend expense spending; dispute contest; fraud scam fraudulent; extra additional;
twice double duplicate; recharge refill; shut; light lamp; temperature degrees; loud volume; clean vacuum; recipe cook; ingredient; traffic congestion; distance; route direction directions; location place address where; city town; translate translation;
spell spelling; definition meaning define; calculate calculation compute; convert; coin; measure measurement; pick choose select; return send; exchange swap replace replacement; working functioning works function; slow; hour hours
`;
